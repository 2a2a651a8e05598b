package io.roomlog.bench.rooms;

import io.roomlog.bench.machine.Latencies;
import io.roomlog.bench.machine.Progress;
import io.roomlog.bench.machine.Schedule;
import io.roomlog.local.RunOptions;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Question: does a sender wait longer for its ack in a larger room?
 *
 * <p>Topology: one process with the gateway, DynamoDB Local, all functions and all clients;
 * loopback, no TLS; the stream polled as often as Lambda polls. Workload: open loop at a low steady
 * rate, the rooms in turn, each repetition all of them. A second table is of a run in which calls
 * of functions to tables and the start of the sender's function take at least as long as the model
 * says.
 */
public final class SenderBench {

  /** Of a room; they take turns. */
  private static final int SENDERS = 5;

  /** Longer than the stream's poll. */
  private static final Duration QUIET = Duration.ofMillis(400);

  private final Progress progress = new Progress("sender");
  private final Pace pace;
  private int sent;

  /**
   * Rooms, and what is said in each of them in its turn.
   *
   * @param sizes of the rooms, the first of them the one that the others are compared with
   * @param perSecond messages
   * @param count messages of a turn
   */
  public record Rooms(List<Integer> sizes, double perSecond, int count) {

    /** Copies what is given. */
    public Rooms {
      sizes = List.copyOf(sizes);
    }
  }

  /**
   * How much is sent, and where.
   *
   * @param plain as fast as this machine is
   * @param modelled with the model's times
   * @param repetitions that are counted; one more comes before
   */
  public record Pace(Rooms plain, Rooms modelled, int repetitions) {}

  /** A measurement. */
  public SenderBench(Pace pace) {
    this.pace = pace;
  }

  /** Measures. */
  public SenderResults run() throws InterruptedException {
    return new SenderResults(
        pace, run(pace.plain(), options -> options), run(pace.modelled(), new ModelledTimes()::of));
  }

  /** The latencies of each repetition by the size of the room. */
  private Map<Integer, List<Latencies>> run(Rooms chosen, UnaryOperator<RunOptions> options)
      throws InterruptedException {
    Map<Integer, List<Latencies>> all = new LinkedHashMap<>();
    if (chosen.sizes().isEmpty()) {
      return all;
    }
    try (World world = World.start(start -> options.apply(start.polling(RunOptions.LAMBDA_POLL)))) {
      Map<Integer, List<Client>> rooms = new LinkedHashMap<>();
      for (int size : chosen.sizes()) {
        progress.at("connecting a room of %,d".formatted(size));
        rooms.put(
            size,
            IntStream.range(0, size)
                .mapToObj(i -> world.connectRoomlog("room=" + room(size) + "&name=user" + i))
                .toList());
      }
      for (int repetition = 0; repetition <= pace.repetitions(); repetition++) {
        progress.at("repetition %d of %d".formatted(repetition, pace.repetitions()));
        for (Map.Entry<Integer, List<Client>> each : rooms.entrySet()) {
          Latencies turn = turn(chosen, each.getKey(), each.getValue());
          if (repetition > 0) {
            all.computeIfAbsent(each.getKey(), _ -> new ArrayList<>()).add(turn);
          }
        }
      }
      rooms.values().forEach(clients -> clients.forEach(Client::cut));
    }
    return all;
  }

  private Latencies turn(Rooms chosen, int size, List<Client> clients) throws InterruptedException {
    List<Client> senders = clients.subList(0, Math.min(SENDERS, size));
    Latencies latencies =
        new Acks(room(size), senders).send(sent, chosen.perSecond(), chosen.count());
    sent += chosen.count();
    awaitQuiet(clients.getLast());
    return latencies;
  }

  /** What is still being pushed would be in the next room's turn. */
  private static void awaitQuiet(Client client) throws InterruptedException {
    for (int before = -1; before != client.count(); ) {
      before = client.count();
      Schedule.pause(QUIET);
    }
  }

  private static String room(int size) {
    return "size" + size;
  }
}
