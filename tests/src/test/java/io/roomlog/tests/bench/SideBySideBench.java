package io.roomlog.tests.bench;

import io.roomlog.local.RunOptions;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
 *
 * <p>Run by {@code ./mvnw verify -pl tests -am -Pside-by-side}; {@code -Droomlog.rounds=5} for more
 * than two rounds.
 */
class SideBySideBench {

  private static final int ROUNDS = Integer.getInteger("roomlog.rounds", 2);
  private static final List<Integer> SIZES = List.of(10, 100, 1_000);
  private static final List<Integer> DEAD_PERCENT = List.of(0, 10, 30);
  private static final int DEAD_ROOM = 100;
  private static final int MESSAGES = 20;
  private static final int SENDERS = 5;

  /** Posts a second offered at most, so that no way is measured beyond what the machine can do. */
  private static final int POSTS_A_SECOND = 1_000;

  private static final double MESSAGES_A_SECOND_MAX = 5;
  private static final Duration TURN_LIMIT = Duration.ofMinutes(1);
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final int MINUTES_MAX = 60;

  private final SenderTimes senderTimes = new SenderTimes();
  private final PostsToDead postsToDead = new PostsToDead();
  private int sent;

  @Test
  @Timeout(value = MINUTES_MAX, unit = TimeUnit.MINUTES)
  void roomlogBesideTheSampleOfAws(@TempDir Path folder) throws Exception {
    System.out.println(Surroundings.now());
    try (World world = World.start(template(folder), this::options);
        SampleRows rows = new SampleRows(world)) {
      List<String> bySize = new ArrayList<>();
      for (int size : SIZES) {
        Group group = Group.connect(world, "size" + size, size, 0, postsToDead);
        bySize.addAll(SideBySideTables.bySize(size, measured(world, rows, group)));
      }
      List<String> byDead = new ArrayList<>();
      for (int percent : DEAD_PERCENT) {
        int dying = DEAD_ROOM * percent / 100;
        Group group = Group.connect(world, "dead" + percent, DEAD_ROOM, dying, postsToDead);
        byDead.addAll(SideBySideTables.byDead(percent, measured(world, rows, group)));
      }
      System.out.println(Surroundings.now());
      SideBySideTables.print(bySize, byDead);
    }
  }

  private RunOptions options(RunOptions options) {
    return options.polling(RunOptions.LAMBDA_POLL).faults(postsToDead).around(senderTimes::around);
  }

  /** The deployed template with the sample's functions before its outputs. */
  private static Path template(Path folder) throws IOException {
    String added = Files.readString(Path.of("src", "test", "resources", "bench", "sample.yaml"));
    String deployed = Files.readString(World.TEMPLATE);
    Path both = folder.resolve("template.yaml");
    return Files.writeString(both, deployed.replace("\nOutputs:\n", "\n" + added + "\nOutputs:\n"));
  }

  private Map<Way, Fared> measured(World world, SampleRows rows, Group group)
      throws InterruptedException {
    List<Turn> turns = new ArrayList<>();
    for (int round = 0; round <= ROUNDS; round++) {
      for (Way way : Way.values()) {
        group.restore(world, rows);
        Turn turn = turn(way, group);
        if (round > 0) {
          turns.add(turn);
        }
      }
    }
    Map<Way, Fared> fared = new EnumMap<>(Way.class);
    for (Way way : Way.values()) {
      fared.put(way, Fared.of(way, group, turns, senderTimes));
    }
    group.living().forEach(Client::cut);
    return fared;
  }

  private Turn turn(Way way, Group group) throws InterruptedException {
    int first = sent;
    int wastedBefore = postsToDead.posts();
    int framesBefore = frames(group);
    double rate = Math.min(MESSAGES_A_SECOND_MAX, (double) POSTS_A_SECOND / group.size());
    Schedule schedule = Schedule.soon(rate, MESSAGES);
    sent += MESSAGES;
    schedule.run(i -> group.living().get(i % SENDERS).send(way.frame(Numbered.text(first + i))));
    Await.until(
        "the senders' functions have answered",
        TURN_LIMIT,
        () -> "",
        () ->
            IntStream.range(first, first + MESSAGES)
                .allMatch(number -> senderTimes.ended(number).isPresent()));
    awaitArrival(group, framesBefore);
    return new Turn(way, first, schedule, postsToDead.posts() - wastedBefore);
  }

  /** Until everything has arrived, or nothing more arrives. */
  private static void awaitArrival(Group group, int framesBefore) {
    Arrivals arrivals = new Arrivals(group, framesBefore + MESSAGES * group.living().size());
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
