package io.roomlog.bench.time;

import io.roomlog.bench.counts.RoomlogRun;
import io.roomlog.bench.counts.SelfClock;
import io.roomlog.fanout.CrowdSettings;

/**
 * What a run assumes.
 *
 * @param latencies of the platform
 * @param perSecond calls that the account may make a second
 * @param depth calls that it may make at once after a rest
 * @param known calls a second of the account that the crowd function is told
 * @param concurrency posts under way at once of the stream's function
 * @param crowd posts under way at once of each environment of the crowd function
 * @param bigRoomConnections above which a room is handed over
 * @param faults whether 0.5 % of the connections are gone and the buffers of 0.2 % are full
 * @param seed of everything that is drawn
 */
public record Assumptions(
    Latencies latencies,
    double perSecond,
    double depth,
    double known,
    int concurrency,
    int crowd,
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
        CrowdSettings.ACCOUNT_PER_SECOND,
        SelfClock.CONCURRENCY,
        CrowdSettings.CONCURRENCY,
        RoomlogRun.BIG_ROOM_CONNECTIONS,
        false,
        seed);
  }

  /** With other numbers of posts at once, of the stream's function and of the crowd's. */
  public Assumptions concurrency(int stream, int crowds) {
    return new Assumptions(
        latencies, perSecond, depth, known, stream, crowds, bigRoomConnections, faults, seed);
  }

  /** With other latencies. */
  public Assumptions latencies(Latencies others) {
    return new Assumptions(
        others, perSecond, depth, known, concurrency, crowd, bigRoomConnections, faults, seed);
  }

  /** With another rate of the account, which nobody has told the crowd function. */
  public Assumptions perSecond(double rate) {
    return new Assumptions(
        latencies, rate, depth, known, concurrency, crowd, bigRoomConnections, faults, seed);
  }

  /** With a bucket of another depth. */
  public Assumptions depth(double calls) {
    return new Assumptions(
        latencies, perSecond, calls, known, concurrency, crowd, bigRoomConnections, faults, seed);
  }

  /** With the crowd function told another rate of the account. */
  public Assumptions known(double rate) {
    return new Assumptions(
        latencies, perSecond, depth, rate, concurrency, crowd, bigRoomConnections, faults, seed);
  }

  /** With connections that are gone or whose buffer is full. */
  public Assumptions withFaults() {
    return new Assumptions(
        latencies, perSecond, depth, known, concurrency, crowd, bigRoomConnections, true, seed);
  }

  /** The account's bound on the last recipient of one message, in seconds. */
  public double bound(int connections) {
    return Math.max(0, (connections - depth) / perSecond);
  }
}
