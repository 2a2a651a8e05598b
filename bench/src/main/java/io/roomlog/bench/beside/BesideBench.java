package io.roomlog.bench.beside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomlog.bench.machine.Progress;
import io.roomlog.bench.machine.Schedule;
import io.roomlog.local.RunOptions;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Question: what does the sender wait for, and what do the others, when a message is appended and
 * pushed by the stream's function, and what if the sender's function posts to everybody itself, as
 * AWS's sample application does? And what do dead connections do to each?
 *
 * <p>Topology: one process with the gateway, DynamoDB Local, all functions and all clients;
 * loopback, no TLS; the stream polled as often as Lambda polls. All ways use the same connections
 * and the same HTTP client. Workload: open loop, times fixed before each turn, messages of 200
 * characters; the ways take turns, the first round is not counted. Nothing is slowed down to look
 * like AWS, so the ratios say something and the milliseconds do not.
 */
public final class BesideBench {

  private static final int SENDERS = 5;
  private static final Duration TURN_LIMIT = Duration.ofMinutes(1);

  /** Nothing that was posted takes so long to arrive. */
  private static final Duration QUIET = Duration.ofMillis(1_500);

  private final Progress progress = new Progress("beside");
  private final Pace pace;
  private final SenderTimes senderTimes = new SenderTimes();
  private final PostsToDead postsToDead = new PostsToDead();
  private int sent;

  /**
   * A room, and what is said in it.
   *
   * @param connections with the dead ones
   * @param deadPercent of them are dead
   * @param perSecond messages
   * @param count messages a turn
   */
  public record Room(int connections, int deadPercent, double perSecond, int count) {

    int dead() {
      return connections * deadPercent / 100;
    }
  }

  /**
   * Where and how often.
   *
   * @param rooms one after the other
   * @param rounds that are counted; in each of them all ways have a turn
   */
  public record Pace(List<Room> rooms, int rounds) {

    /** Copies what is given. */
    public Pace {
      rooms = List.copyOf(rooms);
    }
  }

  /** A measurement. */
  public BesideBench(Pace pace) {
    this.pace = pace;
  }

  /** Measures. */
  public BesideResults run() throws IOException, InterruptedException {
    BesideResults results = new BesideResults(pace);
    Path folder = Files.createTempDirectory("roomlog-beside-");
    try (World world = World.start(template(folder), this::options)) {
      SampleRows rows = new SampleRows(world);
      for (Room room : pace.rooms()) {
        progress.at(
            "connecting a room of %,d, %d %% of it dead"
                .formatted(room.connections(), room.deadPercent()));
        String name = "room-%d-%d".formatted(room.connections(), room.deadPercent());
        Group group = Group.connect(world, name, room.connections(), room.dead(), postsToDead);
        results.add(room, measured(world, rows, group, room));
        group.living().forEach(Client::cut);
      }
    }
    return results;
  }

  private RunOptions options(RunOptions options) {
    return options.polling(RunOptions.LAMBDA_POLL).faults(postsToDead).around(senderTimes::around);
  }

  /** The deployed template with the sample's functions before its outputs. */
  private static Path template(Path folder) throws IOException {
    String deployed = Files.readString(World.TEMPLATE);
    Path both = folder.resolve("template.yaml");
    return Files.writeString(
        both, deployed.replace("\nOutputs:\n", "\n" + sample() + "\nOutputs:\n"));
  }

  private static String sample() throws IOException {
    try (InputStream added = BesideBench.class.getResourceAsStream("sample.yaml")) {
      return new String(Objects.requireNonNull(added).readAllBytes(), UTF_8);
    }
  }

  private List<Fared> measured(World world, SampleRows rows, Group group, Room room)
      throws InterruptedException {
    List<Turn> turns = new ArrayList<>();
    for (int round = 0; round <= pace.rounds(); round++) {
      progress.at("round %d of %d".formatted(round, pace.rounds()));
      for (Way way : Way.values()) {
        group.restore(world, rows);
        Turn turn = turn(way, group, room);
        if (round > 0) {
          turns.add(turn);
        }
      }
    }
    return Fared.all(group, turns, senderTimes);
  }

  private Turn turn(Way way, Group group, Room room) throws InterruptedException {
    int first = sent;
    int wastedBefore = postsToDead.posts();
    int framesBefore = frames(group);
    List<Client> living = group.living();
    int senders = Math.min(SENDERS, living.size());
    Schedule schedule = Schedule.soon(room.perSecond(), room.count());
    sent += room.count();
    schedule.run(i -> living.get(i % senders).send(way.frame(Numbered.text(first + i))));
    Await.until(
        "the senders' functions have answered",
        TURN_LIMIT,
        () -> "",
        () ->
            IntStream.range(first, first + room.count())
                .allMatch(number -> senderTimes.ended(number).isPresent()));
    awaitArrival(group, framesBefore + room.count() * living.size());
    return new Turn(way, first, schedule, postsToDead.posts() - wastedBefore);
  }

  /** Until everything has arrived, or nothing more arrives. */
  private static void awaitArrival(Group group, int all) {
    Arrivals arrivals = new Arrivals(group, all);
    Await.until("nothing more arrives", TURN_LIMIT, () -> "", arrivals::areOver);
  }

  private static int frames(Group group) {
    return group.living().stream().mapToInt(Client::count).sum();
  }

  private static final class Arrivals {
    private final Group group;
    private final int all;
    private int last;
    private long since = System.nanoTime();

    Arrivals(Group group, int all) {
      this.group = group;
      this.all = all;
    }

    boolean areOver() {
      int now = frames(group);
      if (now != last) {
        last = now;
        since = System.nanoTime();
      }
      return now >= all || System.nanoTime() - since > QUIET.toNanos();
    }
  }
}
