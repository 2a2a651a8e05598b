package io.roomlog.tests.bench;

import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.RunProcess;
import io.roomlog.tests.world.Traffic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Question: what does a flood from one connection do to the others' deliveries?
 *
 * <p>Topology: the local run in a process of its own, as {@code ./roomlog} starts it, with the
 * template's own rates and Lambda's pace of polling; plain clients in this process; loopback, all
 * on the same processors. Workload: open loop, {@value #PER_SECOND} messages a second in turn by
 * {@value #OTHERS} connections, of which each hears all; after a warm-up without the flood, with it
 * and without it again. The flooder sends {@code roomlog.flood} messages a second to a room of its
 * own, which is what one client's loop does.
 *
 * <p>Run by {@code ./mvnw verify -pl tests -am -Pflood}; {@code roomlog.seconds} for longer turns.
 * Says nothing about AWS, where functions do not share two processors.
 */
class FloodBench {

  private static final int FLOOD = Integer.getInteger("roomlog.flood", 500);
  private static final int SECONDS = Integer.getInteger("roomlog.seconds", 20);
  private static final int PER_SECOND = 20;
  private static final int OTHERS = 10;

  @Test
  void othersDeliveriesBesideAFlood() throws Exception {
    try (RunProcess run = RunProcess.start(Map.of())) {
      turn(run, "warm-up");
      System.out.println("| turn | deliveries | p50 ms | p99 ms |");
      System.out.println("|---|---|---|---|");
      System.out.println(turn(run, "calm"));
      AtomicLong sent = new AtomicLong();
      ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
      try (Client flooder = Client.connect(run.address("room=flooded&name=mallory"))) {
        var _ =
            pace.scheduleAtFixedRate(
                () -> flooder.say("flood " + sent.incrementAndGet()),
                0,
                1_000_000 / FLOOD,
                TimeUnit.MICROSECONDS);
        System.out.println(turn(run, "flood"));
        pace.shutdownNow();
        System.out.println(turn(run, "calm again"));
        System.out.printf(
            "%d messages of the flood were sent, %d of them stored and pushed%n",
            sent.get(), flooder.count());
      } finally {
        pace.shutdownNow();
      }
    }
  }

  private static String turn(RunProcess run, String name) throws InterruptedException {
    String room = name.replace(' ', '-');
    List<Client> others =
        IntStream.range(0, OTHERS)
            .mapToObj(i -> Client.connect(run.address("room=" + room + "&name=user" + i)))
            .toList();
    try (Traffic traffic = new Traffic(others, PER_SECOND)) {
      traffic.awaitSent(SECONDS * PER_SECOND);
      traffic.stop();
      traffic.assertDeliveredTo(others);
      return "| %s | %d | %d | %d |"
          .formatted(
              name,
              traffic.sent() * OTHERS,
              traffic.millis(others, 0.50),
              traffic.millis(others, 0.99));
    } finally {
      others.forEach(Client::close);
    }
  }
}
