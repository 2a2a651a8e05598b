package io.roomlog.fanout;

import io.roomlog.core.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalDouble;

/**
 * Lets posts begin at the account's pace and judges the refusals, over all rooms of an invocation
 * and all invocations of an execution environment. How many posts are under way at once is bounded
 * by the {@link Crew}.
 */
final class Limiter {

  /** Refusals are compared with the posts of the last second. */
  static final Duration SPAN = Duration.ofSeconds(1);

  /** The account's rate is measured over this many slots: long enough for 20 posts at 100/s. */
  private static final int MEASURED_SLOTS = 4;

  private final Pace pace = new Pace();
  private final Recent all = new Recent();
  private final Recent firsts = new Recent();
  private final FullBuffers full = new FullBuffers();
  private final InstantSource clock;
  private final Pause pause;

  Limiter(InstantSource clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Waits for the next turn.
   *
   * @return whether there is one before the end
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  boolean await(Instant end) throws InterruptedException {
    Instant now = clock.instant();
    Instant turn = pace.turn(now, end);
    if (turn.isAfter(end)) {
      return false;
    }
    if (turn.isAfter(now)) {
      pause.of(Duration.between(now, turn));
    }
    return true;
  }

  /** A post was let through. */
  void admitted(String connectionId, Instant now) {
    all.admit(now);
    firsts.admit(now);
    full.remove(connectionId);
  }

  /**
   * A post was refused.
   *
   * @param refusals of this connection
   * @param begun when the post began
   * @return whether it is this client's buffer that is full
   */
  boolean refused(Refusals refusals, Instant begun, Instant now) {
    if (full.contains(refusals.connectionId(), now)) {
      return true;
    }
    if (refusals.inARow() == 1) {
      firsts.refuse(now);
    }
    Duration since = Duration.between(refusals.first(), now);
    Duration span = since.compareTo(SPAN) > 0 ? since : SPAN;
    Recent.Counts others = firsts.counts(now, span).without(refusals.own(now, span));
    if (new Verdict(refusals.inARow(), others, pace.isLimited(now)).meansTheClient()) {
      return true;
    }
    all.refuse(now);
    if (Verdict.meansTheAccount(all.counts(now, SPAN))) {
      pace.refused(begun, now, all.admittedPerSecond(now, MEASURED_SLOTS));
    }
    return false;
  }

  /** A connection is given up because its buffer is full. */
  void isFull(String connectionId, Instant now) {
    full.add(connectionId, now);
  }

  /** Whether a connection was given up for its full buffer lately. */
  boolean wasFull(String connectionId, Instant now) {
    return full.contains(connectionId, now);
  }

  /** Posts a second allowed, or nothing while there is no limit. */
  OptionalDouble perSecond() {
    return pace.perSecond(clock.instant());
  }
}
