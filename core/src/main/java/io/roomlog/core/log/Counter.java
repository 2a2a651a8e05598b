package io.roomlog.core.log;

import java.time.Instant;

/**
 * A room's counter.
 *
 * @param head the highest position handed out so far, 0 before the first
 * @param at the clock of whoever took that position
 * @param expiry when the room's entries expire
 * @param bans who may not use the room; also those that have ended
 */
public record Counter(long head, Instant at, Expiry expiry, Bans bans) {

  /** The counter of a room that nobody has written to. */
  public static final Counter NEW = new Counter(0, Instant.EPOCH);

  /** The counter of a room that never had a retention. */
  public Counter(long head, Instant at) {
    this(head, at, Expiry.NEVER);
  }

  /** The counter of a room that nobody is banned from. */
  public Counter(long head, Instant at, Expiry expiry) {
    this(head, at, expiry, Bans.NONE);
  }

  /**
   * The counter after a claim.
   *
   * @param count how many positions were taken
   * @param now the claimer's clock
   * @param retention what the claimer is configured with
   */
  public Counter claimed(int count, Instant now, Retention retention) {
    boolean first = head == 0 && expiry.never();
    Expiry after =
        first
            ? new Expiry(retention, retention, 0, 0)
            : expiry.covers(retention, at, now) ? expiry : expiry.claimed(retention, head, at, now);
    return new Counter(head + count, now, after, bans);
  }
}
