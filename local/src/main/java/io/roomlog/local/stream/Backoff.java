package io.roomlog.local.stream;

import java.time.Duration;

/**
 * How long to wait before trying again: doubling from the first wait up to the longest. Lambda
 * backs off exponentially too, by times it does not document. One mapping waits for its own
 * function and disturbs nobody, so there is no jitter, and tests see the times.
 *
 * @param first before the first retry
 * @param longest before any retry
 */
public record Backoff(Duration first, Duration longest) {
  /** Beyond this, doubling would overflow; every longest wait is reached long before. */
  private static final int DOUBLINGS_MAX = 30;

  /**
   * The wait before a retry.
   *
   * @param retry 1 for the first
   */
  Duration before(int retry) {
    var wait = first.multipliedBy(1L << Math.min(retry - 1, DOUBLINGS_MAX));
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
