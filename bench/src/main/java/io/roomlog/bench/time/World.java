package io.roomlog.bench.time;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Author;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.push.PushCursor;
import io.roomlog.core.testing.AccountBucket;
import io.roomlog.core.testing.VirtualThreads;
import io.roomlog.core.testing.VirtualTime;
import io.roomlog.fanout.Crowd;
import io.roomlog.fanout.CrowdSettings;
import io.roomlog.fanout.FanOut;
import io.roomlog.fanout.Machine;
import io.roomlog.fanout.crowd.RangeRetries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * The real log, {@link FanOut} and {@link Crowd} in virtual time, against a model of the platform:
 * one shard of the stream, the queue, the tables and the gateway with the account's bucket.
 * Whatever the functions' own processor takes is not in it.
 */
final class World {

  private static final Author AUTHOR = new Author("author", "senders1", "Someones");
  private static final String DATA = "\"" + "x".repeat(200) + "\"";

  private final Assumptions assumptions;
  private final VirtualTime time = new VirtualTime();
  private final Map<String, RoomWatch> watches = new LinkedHashMap<>();
  private final SimulatedGateway gateway;
  private final SimulatedRooms rooms;
  private final CrowdQueue queue;
  private final RoomLog log;
  private final SplittableRandom schedule;

  World(Assumptions assumptions) {
    this.assumptions = assumptions;
    SplittableRandom seeds = new SplittableRandom(assumptions.seed());
    Latencies latencies = assumptions.latencies();
    schedule = seeds.split();
    gateway =
        new SimulatedGateway(
            time,
            latencies,
            new AccountBucket(assumptions.perSecond(), assumptions.depth()),
            new Random(seeds.nextLong()),
            assumptions.faults(),
            this::watch);
    rooms = new SimulatedRooms(time, latencies, new Random(seeds.nextLong()));
    StreamShard shard = new StreamShard(time, latencies);
    SimulatedLog store = new SimulatedLog(time, latencies, new Random(seeds.nextLong()), shard);
    PushCursor cursor = new SimulatedCursor(time, latencies, new Random(seeds.nextLong()));
    CrowdSettings settings =
        new CrowdSettings(
            assumptions.crowd(), assumptions.bigRoomConnections(), assumptions.known());
    Random crowds = new Random(seeds.nextLong());
    queue =
        new CrowdQueue(
            time,
            latencies,
            new Random(seeds.nextLong()),
            () ->
                new Crowd(
                    rooms,
                    store,
                    cursor,
                    gateway,
                    settings,
                    RangeRetries.none(),
                    machine(crowds.nextLong())));
    FanOut fanOut =
        new FanOut(
            rooms,
            assumptions.bigRoomConnections(),
            queue,
            store,
            gateway,
            assumptions.concurrency(),
            machine(seeds.nextLong()));
    log = new RoomLog(store, time, new Random(seeds.nextLong()), time::pass);
    time.start(() -> shard.poll(fanOut));
  }

  private Machine machine(long seed) {
    return new Machine(time, new Random(seed), time::pass, () -> new VirtualThreads(time));
  }

  private RoomWatch watch(String room) {
    return Objects.requireNonNull(watches.get(room), room);
  }

  /** Adds a room; its name begins with a letter and is at most 6 long. */
  World room(String name, int connections) {
    rooms.add(new RoomName(name), name, connections);
    watches.put(name, new RoomWatch());
    return this;
  }

  /** One message to a room, some time after the beginning. */
  World message(String room, Duration at) {
    time.after(at, () -> time.start(() -> send(room)));
    return this;
  }

  /** Messages to a room at times of a Poisson process that is drawn now. */
  World messages(String room, double perSecond, Duration duration) {
    for (double at = gap(perSecond); at < duration.toSeconds(); at += gap(perSecond)) {
      message(room, Latencies.millis(at * 1_000));
    }
    return this;
  }

  private double gap(double perSecond) {
    return -StrictMath.log(1 - schedule.nextDouble()) / perSecond;
  }

  private void send(String room) {
    long intended = time.nanos();
    time.pass(Latencies.millis(assumptions.latencies().invoke()));
    try {
      long position =
          log.append(new RoomName(room), AUTHOR, List.of(new Draft(null, DATA)))
              .getFirst()
              .position();
      watch(room).sent(position, intended, time.nanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Lets time pass. */
  World run(Duration duration) {
    time.run(duration);
    return this;
  }

  /** What happened in the rooms whose names begin so, together. */
  Outcome outcome(String prefix, int connections) {
    List<RoomWatch> chosen = new ArrayList<>();
    watches.forEach(
        (name, watch) -> {
          if (name.startsWith(prefix)) {
            chosen.add(watch);
          }
        });
    return Outcome.of(
        chosen, Fault.sound(connections, assumptions.faults()), gateway, queue.mostWaiting());
  }
}
