package io.roomlog.core;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: a random time up to a ceiling that doubles ("full jitter",
 * aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter).
 *
 * @param first the first ceiling
 * @param most the highest ceiling
 */
public record Backoff(Duration first, Duration most) {

  /**
   * The wait before a try.
   *
   * @param retry 1 for the first repetition
   * @param random where the jitter comes from
   */
  public Duration before(int retry, RandomGenerator random) {
    long doubled = first.toNanos() << Math.min(retry - 1, 20);
    long ceiling = Math.min(doubled, most.toNanos());
    return Duration.ofNanos(random.nextLong(ceiling + 1));
  }
}
