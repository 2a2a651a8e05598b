package io.roomlog.bench.rooms;

import com.sun.management.OperatingSystemMXBean;
import io.roomlog.bench.machine.Progress;
import io.roomlog.tests.client.RoomlogClient;
import io.roomlog.tests.client.SocketClient;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.RunProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Question: how long do deliveries take in a big room in which much is said, and is any lost?
 *
 * <p>Topology: the local run in a process of its own, as {@code ./roomlog} starts it, with Lambda's
 * pace of polling; the reference client once a connection in this process; loopback, no TLS, all on
 * the same processors. Above 1,000 connections the room goes through the queue and the crowd
 * function. Workload: open loop, in turn by a few of the connections, at times fixed before; a
 * warm-up that is not timed, then the repetitions one after the other on the same connections.
 */
public final class LoadBench {

  private static final String ROOM = "load";
  private static final int SENDERS = 10;

  /** More at once wait for one another in the handshake, and then for too long. */
  private static final int CONNECTING_MAX = 50;

  private static final Duration CONNECT_LIMIT = Duration.ofMinutes(3);
  private static final Duration ARRIVE_LIMIT = Duration.ofMinutes(1);

  private final Progress progress = new Progress("load");
  private final Pace pace;

  /**
   * How much is sent.
   *
   * @param connections in the room
   * @param perSecond messages
   * @param warmUpSeconds not timed
   * @param seconds of each repetition
   * @param repetitions that are counted
   */
  public record Pace(
      int connections, int perSecond, int warmUpSeconds, int seconds, int repetitions) {}

  /** A measurement. */
  public LoadBench(Pace pace) {
    this.pace = pace;
  }

  /** Processor time used by some time. */
  private record Used(long nanos, Duration server, Duration clients) {

    static Used now(RunProcess run) {
      var own = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new Used(
          System.nanoTime(), run.processorTime(), Duration.ofNanos(own.getProcessCpuTime()));
    }
  }

  /** Measures. */
  public LoadResults run() throws IOException, InterruptedException {
    LoadResults results = new LoadResults(pace);
    List<SocketClient> clients = new ArrayList<>();
    Load first = load(0, pace.warmUpSeconds());
    List<Receiver> receivers =
        IntStream.range(0, pace.connections()).mapToObj(_ -> new Receiver(first)).toList();
    try (RunProcess run = RunProcess.start()) {
      progress.at("connecting %,d".formatted(pace.connections()));
      connect(run, receivers, clients);
      progress.at("%d s of warm-up".formatted(pace.warmUpSeconds()));
      send(first, receivers, clients);
      int sent = first.count();
      for (int repetition = 1; repetition <= pace.repetitions(); repetition++) {
        progress.at(
            "repetition %d of %d, %d s".formatted(repetition, pace.repetitions(), pace.seconds()));
        Load load = load(sent, pace.seconds());
        sent += load.count();
        receivers.forEach(each -> each.begin(load));
        Used before = Used.now(run);
        send(load, receivers, clients);
        Used after = Used.now(run);
        results.add(
            load,
            receivers,
            share(before.server(), after.server(), before, after),
            share(before.clients(), after.clients(), before, after));
      }
      results.residentMib(run.residentMib());
    } finally {
      clients.forEach(SocketClient::close);
    }
    return results;
  }

  private Load load(int first, int seconds) {
    return new Load(first, pace.perSecond(), 0, seconds * pace.perSecond(), pace.connections());
  }

  /** Of all processors together, from 0 to 1. */
  private static double share(Duration from, Duration to, Used before, Used after) {
    return (double) to.minus(from).toNanos()
        / (after.nanos() - before.nanos())
        / Runtime.getRuntime().availableProcessors();
  }

  /** A loss is a number in the table, so waiting ends without an error. */
  private static void send(Load load, List<Receiver> receivers, List<SocketClient> clients)
      throws InterruptedException {
    load.begin()
        .run(
            i -> {
              String text = load.text(i);
              clients
                  .get(i % Math.min(SENDERS, clients.size()))
                  .send(ROOM, text.replace(' ', '-'), text);
            });
    long end = System.nanoTime() + ARRIVE_LIMIT.toNanos();
    Await.until(
        "everything has arrived, or the time for it is over",
        ARRIVE_LIMIT.plusSeconds(1),
        () -> "",
        () ->
            System.nanoTime() > end
                || receivers.stream().allMatch(each -> each.received() == load.count()));
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
}
