package io.roomlog.core.log;

import java.time.Instant;

/**
 * A room's counter.
 *
 * @param head the highest position handed out so far, 0 before the first
 * @param at the clock of whoever took that position
 */
public record Counter(long head, Instant at) {

  /** The counter of a room that nobody has written to. */
  public static final Counter NEW = new Counter(0, Instant.EPOCH);
}
