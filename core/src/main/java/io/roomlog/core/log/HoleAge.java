package io.roomlog.core.log;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides when a hole may be closed: its writer took the position before the next one was taken, so
 * the hole is at least as old as the entry after it, and with none after it as the counter.
 *
 * <p>Clocks only decide how soon: whoever closes a hole and whoever fills it late meet at the same
 * condition, and one of them loses. So a clock that is wrong costs a writer a new position, never a
 * message.
 */
final class HoleAge {

  /** How long a writer has between taking a position and filling it. */
  static final Duration WRITER_MAX = Duration.ofSeconds(5);

  private HoleAge() {}

  /**
   * Whether a hole may be closed.
   *
   * @param next the {@code at} of the next entry that is there, or of the counter if there is none
   * @param now the reader's clock
   */
  static boolean mayBeClosed(Instant next, Instant now) {
    return next.plus(WRITER_MAX).isBefore(now);
  }
}
