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

  /** The same with another time between polls; new shards are looked for no less often. */
  public Pace polling(Duration poll) {
    return new Pace(poll, poll.multipliedBy(4), backoff, stop);
  }
}
