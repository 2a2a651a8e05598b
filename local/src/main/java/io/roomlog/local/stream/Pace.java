package io.roomlog.local.stream;

import java.time.Duration;

/**
 * How fast the mappings go.
 *
 * @param poll between two reads of a shard that has nothing more at the moment
 * @param discovery between two looks for new shards
 * @param backoff before a failed batch is tried again, and before a failed read
 * @param stop how long a stop waits for batches in flight before it interrupts them
 */
public record Pace(Duration poll, Duration discovery, Backoff backoff, Duration stop) {
  private static final Duration POLL_MIN = Duration.ofMillis(1);
  private static final Duration POLL_MAX = Duration.ofMinutes(1);
  private static final Duration TICK_MAX = Duration.ofMillis(250);

  /**
   * As on Lambda, which polls each shard 4 times a second
   * (docs.aws.amazon.com/lambda/latest/dg/with-ddb.html) and documents no figure for the others.
   */
  public static final Pace LAMBDA =
      new Pace(
          Duration.ofMillis(250),
          Duration.ofSeconds(1),
          new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)),
          Duration.ofSeconds(10));

  /**
   * Checks the time between polls.
   *
   * @throws IllegalArgumentException if it is not 1 ms to 1 min
   */
  public Pace {
    if (poll.compareTo(POLL_MIN) < 0 || poll.compareTo(POLL_MAX) > 0) {
      throw new IllegalArgumentException(
          "%s between polls is not %s to %s".formatted(poll, POLL_MIN, POLL_MAX));
    }
  }

  /** How often a thread that waits for records looks at the clock and at a stop. */
  Duration tick() {
    return poll.compareTo(TICK_MAX) < 0 ? poll : TICK_MAX;
  }

  /** The same with another time between polls; new shards are looked for no less often. */
  public Pace polling(Duration poll) {
    return new Pace(poll, poll.multipliedBy(4), backoff, stop);
  }
}
