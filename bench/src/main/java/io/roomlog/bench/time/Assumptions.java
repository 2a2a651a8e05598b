package io.roomlog.bench.time;

import io.roomlog.bench.counts.RoomlogRun;
import io.roomlog.bench.counts.SelfClock;

/**
 * What a run assumes.
 *
 * @param latencies of the platform
 * @param perSecond calls that the account may make a second
 * @param depth calls that it may make at once after a rest
 * @param concurrency posts under way at once, of each environment
 * @param bigRoomConnections above which a room is handed over
 * @param faults whether 0.5 % of the connections are gone and the buffers of 0.2 % are full
 * @param seed of everything that is drawn
 */
public record Assumptions(
    Latencies latencies,
    double perSecond,
    double depth,
    int concurrency,
    int bigRoomConnections,
    boolean faults,
    long seed) {

  /** The account's default depth. */
  public static final double DEPTH = 5_000;

  /** The template's and the account's defaults. */
  public static Assumptions defaults(long seed) {
    return new Assumptions(
        Latencies.ASSUMED,
        SelfClock.ACCOUNT_PER_SECOND,
        DEPTH,
        SelfClock.CONCURRENCY,
        RoomlogRun.BIG_ROOM_CONNECTIONS,
        false,
        seed);
  }

  /** With another number of posts at once. */
  public Assumptions concurrency(int posts) {
    return new Assumptions(latencies, perSecond, depth, posts, bigRoomConnections, faults, seed);
  }

  /** With other latencies. */
  public Assumptions latencies(Latencies others) {
    return new Assumptions(others, perSecond, depth, concurrency, bigRoomConnections, faults, seed);
  }

  /** With another rate of the account. */
  public Assumptions perSecond(double rate) {
    return new Assumptions(latencies, rate, depth, concurrency, bigRoomConnections, faults, seed);
  }

  /** With connections that are gone or whose buffer is full. */
  public Assumptions withFaults() {
    return new Assumptions(
        latencies, perSecond, depth, concurrency, bigRoomConnections, true, seed);
  }

  /** The account's bound on the last recipient of one message, in seconds. */
  public double bound(int connections) {
    return Math.max(0, (connections - depth) / perSecond);
  }
}
