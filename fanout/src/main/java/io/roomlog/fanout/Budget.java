package io.roomlog.fanout;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * The time that an invocation has for posting, and how far it will go: what cannot be finished is
 * better not begun, because a batch that is cut off is sent again to everybody. Safe for many
 * threads.
 */
final class Budget {

  private final Instant end;
  private final int workers;
  private boolean begun;
  private long outstanding;
  private long posts;
  private Duration posting = Duration.ZERO;

  /**
   * A budget.
   *
   * @param end when the last post may begin
   * @param workers posts under way at once, at most
   */
  Budget(Instant end, int workers) {
    this.end = end;
    this.workers = workers;
  }

  /** When the last post may begin. */
  Instant end() {
    return end;
  }

  /** A post was made. */
  synchronized void posted(Duration took) {
    posts++;
    posting = posting.plus(took);
  }

  /**
   * Takes in what a room needs, if it can be finished together with what was begun. The first is
   * always taken in while there is time at all: otherwise a room that takes more than a whole
   * invocation would never be begun.
   *
   * @param needed posts
   * @param inARow how many of them one connection gets, one after the other, at most
   * @param perSecond the account's limit, if it is known
   * @return whether it may begin
   */
  synchronized boolean begin(long needed, long inARow, Instant now, OptionalDouble perSecond) {
    if (now.isAfter(end) || (begun && !isEnoughFor(outstanding + needed, inARow, now, perSecond))) {
      return false;
    }
    begun |= needed > 0;
    outstanding += needed;
    return true;
  }

  /** So many posts of what was begun are done with, made or given up. */
  synchronized void finish(long done) {
    outstanding -= done;
  }

  private boolean isEnoughFor(long wanted, long inARow, Instant now, OptionalDouble perSecond) {
    double each = posts == 0 ? 0 : posting.toNanos() / 1e9 / posts;
    double pace = Math.min(workers / each, perSecond.orElse(Double.POSITIVE_INFINITY));
    double left = Duration.between(now, end).toNanos() / 1e9;
    return wanted <= pace * left && inARow * each <= left;
  }
}
