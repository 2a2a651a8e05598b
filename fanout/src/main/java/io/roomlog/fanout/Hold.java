package io.roomlog.fanout;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an account begins to refuse, nobody knows its rate yet: what a full bucket has just let
 * through says nothing of it. So nothing is posted for a moment, and what was under way tells: all
 * that was begun since a post was refused was begun with an empty bucket, and of that as much is
 * let through as the account's rate is. Posting on meanwhile would cost a refusal for nearly each
 * post.
 *
 * <p>Safe for many threads.
 */
final class Hold {

  /** How long: nearly all of what is under way is answered by then. */
  static final Duration LENGTH = Duration.ofMillis(60);

  /** After this long a refusal has nothing to do with the next one. */
  static final Duration SUSPICION = Duration.ofMillis(100);

  private @Nullable Instant emptySince;
  private @Nullable Instant begun;
  private long admitted;

  /**
   * A first try was refused.
   *
   * @param posted when it was posted
   */
  synchronized void refused(Instant posted) {
    if (begun == null && (emptySince == null || posted.isAfter(emptySince.plus(SUSPICION)))) {
      emptySince = posted;
      admitted = 0;
    }
  }

  /**
   * A post was let through.
   *
   * @param posted when it was posted
   */
  synchronized void admitted(Instant posted) {
    if (emptySince != null && !posted.isBefore(emptySince)) {
      admitted++;
    }
  }

  /** Nothing is posted for a while. */
  synchronized void begin(Instant now) {
    begun = now;
  }

  /** Until when nothing is posted; the past if it may be. */
  synchronized Instant until() {
    return begun == null ? Instant.MIN : begun.plus(LENGTH);
  }

  /** A clock that was set back is not waited for. */
  private static boolean isHeld(Instant begun, Instant now) {
    return now.isBefore(begun.plus(LENGTH)) && now.isAfter(begun.minus(Pace.SET_BACK));
  }

  /**
   * Posts a second that the account lets through, once; then there is no hold any more.
   *
   * @return negative if there is none that is over
   */
  synchronized double end(Instant now) {
    if (begun == null || emptySince == null || isHeld(begun, now)) {
      return -1;
    }
    double seconds = Duration.between(emptySince, begun).toNanos() / 1e9;
    begun = null;
    emptySince = null;
    return admitted / Math.max(seconds, 1e-3);
  }
}
