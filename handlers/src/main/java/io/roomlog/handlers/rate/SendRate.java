package io.roomlog.handlers.rate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds each connection to so many messages a second, by a token bucket that is full at the start.
 *
 * <p>It is approximate, since it costs no write: every execution environment counts what it sees
 * itself. A connection whose frames reach n environments at the same time may send up to n times as
 * much. {@code docs/security.md} has the figures.
 */
public final class SendRate {

  /** What a deployment allows that says nothing. */
  public static final int PER_SECOND = 20;

  /** What a deployment allows at once that says nothing. */
  public static final int BURST = 40;

  /** The most that a deployment may allow in the long run. */
  public static final int PER_SECOND_MAX = 999;

  /** The most that a deployment may allow at once. */
  public static final int BURST_MAX = 9_999;

  /** The least burst: as many as a frame may hold, which would else never be taken. */
  public static final int BURST_MIN = 25;

  /**
   * Connections that are remembered, about 2 MB of them. Beyond it the one that has sent nothing
   * for the longest is forgotten, which is as if its bucket were full.
   */
  public static final int CONNECTIONS_MAX = 10_000;

  private static final float LOAD = 0.75f;

  private final double perNano;
  private final int burst;
  private final InstantSource clock;
  private final Map<String, Bucket> buckets;

  /** What comes of asking. */
  public sealed interface Verdict {
    /** They may be sent, and are counted. */
    record Admitted() implements Verdict {}

    /**
     * They are too many, and are not counted.
     *
     * @param inARow how often the connection has now been refused since it was last admitted
     */
    record Limited(long inARow) implements Verdict {}
  }

  private static final class Bucket {
    private double tokens;
    private Instant refilledAt;
    private long refusals;

    Bucket(double tokens, Instant now) {
      this.tokens = tokens;
      this.refilledAt = now;
    }
  }

  /**
   * Limits connections.
   *
   * @param perSecond messages in the long run, above 0
   * @param burst messages at once after a pause, at least {@link #BURST_MIN}
   */
  public SendRate(int perSecond, int burst, InstantSource clock) {
    this(perSecond, burst, CONNECTIONS_MAX, clock);
  }

  SendRate(int perSecond, int burst, int connectionsMax, InstantSource clock) {
    if (perSecond < 1 || burst < BURST_MIN) {
      throw new IllegalArgumentException(
          "perSecond is %d and burst is %d; they must be at least 1 and %d"
              .formatted(perSecond, burst, BURST_MIN));
    }
    this.perNano = perSecond / (double) Duration.ofSeconds(1).toNanos();
    this.burst = burst;
    this.clock = clock;
    this.buckets =
        new LinkedHashMap<>(16, LOAD, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > connectionsMax;
          }
        };
  }

  /** Limits nobody. */
  public static SendRate unlimited() {
    return new SendRate(Integer.MAX_VALUE, Integer.MAX_VALUE, InstantSource.system());
  }

  /**
   * Asks for a connection.
   *
   * @param messages how many it wants to send; all of them are admitted or none
   */
  public synchronized Verdict take(String connectionId, int messages) {
    Instant now = clock.instant();
    Bucket bucket = buckets.computeIfAbsent(connectionId, _ -> new Bucket(burst, now));
    refill(bucket, now);
    if (bucket.tokens < messages) {
      return new Verdict.Limited(++bucket.refusals);
    }
    bucket.tokens -= messages;
    bucket.refusals = 0;
    return new Verdict.Admitted();
  }

  /** A clock that goes back gives nothing, and takes nothing. */
  private void refill(Bucket bucket, Instant now) {
    if (now.isAfter(bucket.refilledAt)) {
      double gained = Duration.between(bucket.refilledAt, now).toNanos() * perNano;
      bucket.tokens = Math.min(burst, bucket.tokens + gained);
      bucket.refilledAt = now;
    }
  }

  /** How many connections are remembered. */
  synchronized int size() {
    return buckets.size();
  }
}
