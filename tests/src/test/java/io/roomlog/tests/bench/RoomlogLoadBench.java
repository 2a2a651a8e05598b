package io.roomlog.tests.bench;

import io.roomlog.tests.client.RoomlogClient;
import io.roomlog.tests.client.SocketClient;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.RunProcess;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Question: how long do deliveries take in a big room in which much is said, and is any lost?
 *
 * <p>Topology: the local run in a process of its own, as {@code ./roomlog} starts it, with Lambda's
 * pace of polling; the reference client once a connection in this process; loopback, no TLS, all on
 * the same processors. Above 1,000 connections the room goes through the queue and the crowd
 * function. Workload: open loop, {@code roomlog.rate} messages a second in turn by {@value
 * #SENDERS} of the connections, at times fixed before the run; a warm-up that is not timed, then a
 * minute.
 *
 * <p>Run by {@code ./mvnw verify -pl tests -am -Proomlog-load}; {@code -Droomlog.repetitions=5} for
 * more than one run, {@code roomlog.connections}, {@code roomlog.rate} and {@code roomlog.seconds}
 * for another load. Says nothing about AWS.
 */
class RoomlogLoadBench {

  private static final int CONNECTIONS = Integer.getInteger("roomlog.connections", 2_000);
  private static final int RATE = Integer.getInteger("roomlog.rate", 20);
  private static final int SECONDS = Integer.getInteger("roomlog.seconds", 60);
  private static final int REPETITIONS = Integer.getInteger("roomlog.repetitions", 1);
  private static final int WARM_UP_SECONDS = 15;
  private static final int SENDERS = 10;
  private static final String ROOM = "load";

  /** Below this share of the offered rate a run is marked: its times say how long it ran. */
  private static final double SATURATED = 0.99;

  /** More at once wait for one another in the handshake, and then for too long. */
  private static final int CONNECTING_MAX = 50;

  private static final Duration CONNECT_LIMIT = Duration.ofMinutes(3);
  private static final Duration ARRIVE_LIMIT = Duration.ofMinutes(3);
  private static final int MINUTES_MAX = 60;

  @Test
  @Timeout(value = MINUTES_MAX, unit = TimeUnit.MINUTES)
  void everyConnectionGetsEveryPositionOfABusyBigRoom() throws Exception {
    List<String> rows = new ArrayList<>();
    for (int run = 1; run <= REPETITIONS; run++) {
      rows.add(run(run));
    }
    System.out.println(
        "| run | offered/s | achieved/s | delivered | lost | voids | p50 ms | p99 ms | most ms"
            + " | last recipient p50 ms | |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    rows.forEach(System.out::println);
  }

  private static String run(int number) throws Exception {
    Load load = new Load(RATE, WARM_UP_SECONDS * RATE, SECONDS * RATE, CONNECTIONS);
    List<Receiver> receivers =
        IntStream.range(0, CONNECTIONS).mapToObj(_ -> new Receiver(load)).toList();
    List<SocketClient> clients = new ArrayList<>();
    try (RunProcess run = RunProcess.start()) {
      long begin = System.nanoTime();
      connect(run, receivers, clients);
      System.out.printf(
          "run %d: %d connections in %d s; %s%n",
          number,
          CONNECTIONS,
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
          Surroundings.now());
      load.begin().run(i -> clients.get(i % SENDERS).send(ROOM, "m" + i, Load.text(i)));
      awaitAll(load, receivers);
      clients.forEach(SocketClient::close);
      System.out.printf(
          "run %d: %d of %d messages acknowledged, resident memory of the run %s MiB; %s%n",
          number,
          load.acknowledged() - 1,
          load.count(),
          run.residentMib().stream().mapToObj(Long::toString).findFirst().orElse("?"),
          Surroundings.now());
    }
    String row = row(number, load, receivers);
    System.out.println(row);
    return row;
  }

  /** The first one says the probe, which each gets once it is in the room. */
  private static void connect(
      RunProcess run, List<Receiver> receivers, List<SocketClient> clients) {
    for (int i = 0; i < receivers.size(); i++) {
      RoomlogClient client = new RoomlogClient(new Random(i));
      client.follow(ROOM, 0);
      URI address = run.address("name=user" + i + "&client=key" + i);
      clients.add(SocketClient.start(address, client, InstantSource.system(), receivers.get(i)));
      if (i == 0) {
        clients.getFirst().send(ROOM, Load.PROBE, Load.PROBE);
      }
      List<Receiver> begun = receivers.subList(0, i + 1);
      Await.until(
          "all but a few are in the room",
          CONNECT_LIMIT,
          () -> "",
          () -> begun.stream().filter(each -> !each.isIn()).count() < CONNECTING_MAX);
    }
    Await.until(
        "all are in the room",
        CONNECT_LIMIT,
        () -> receivers.stream().filter(Receiver::isIn).count() + " are",
        () -> receivers.stream().allMatch(Receiver::isIn));
  }

  /** A loss is a number in the table, so waiting ends without an error. */
  private static void awaitAll(Load load, List<Receiver> receivers) {
    long end = System.nanoTime() + ARRIVE_LIMIT.toNanos();
    Await.until(
        "everything has arrived, or the time for it is over",
        ARRIVE_LIMIT.plusSeconds(1),
        () -> "",
        () ->
            System.nanoTime() > end
                || receivers.stream().allMatch(each -> each.received() == load.count()));
  }

  private static String row(int number, Load load, List<Receiver> receivers) {
    long received = receivers.stream().mapToLong(Receiver::received).sum();
    long expected = (long) load.count() * receivers.size();
    int outOfPlace = receivers.stream().mapToInt(Receiver::outOfPlace).sum();
    return "| %d | %.1f | %.1f | %d | %d lost, %d out of place | %d | %.0f | %.0f | %.0f | %.0f | %s |"
        .formatted(
            number,
            load.offered(),
            load.achieved(),
            received,
            expected - received,
            outOfPlace,
            receivers.getFirst().voids(),
            load.deliveries().p50(),
            load.deliveries().p99(),
            load.deliveries().most(),
            load.lastRecipients().p50(),
            load.achieved() < SATURATED * load.offered() ? "saturated" : "");
  }
}
