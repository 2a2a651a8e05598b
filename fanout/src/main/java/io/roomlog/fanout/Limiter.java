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
  private final Recent firstTries = new Recent();
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
  void admitted(Refusals refusals, Instant now) {
    all.admit(now);
    if (refusals.inARow() == 0) {
      firstTries.admit(now);
    }
    full.remove(refusals.connectionId());
  }

  /**
   * A post was refused.
   *
   * @param refusals of this connection
   * @return whether it is this client's buffer that is full
   */
  boolean refused(Refusals refusals, Instant now) {
    if (full.contains(refusals.connectionId(), now)) {
      return true;
    }
    if (refusals.inARow() == 1) {
      firstTryRefused(now);
    }
    Duration since = Duration.between(refusals.first(), now);
    Recent.Counts lately = others(refusals, now, since.compareTo(SPAN) > 0 ? since : SPAN);
    Recent.Counts meanwhile = others(refusals, now, since);
    boolean limited = pace.isLimited(now);
    return new Verdict(refusals.inARow(), lately, meanwhile, limited).meansTheClient();
  }

  private Recent.Counts others(Refusals refusals, Instant now, Duration span) {
    return firstTries.counts(now, span).without(refusals.own(now, span));
  }

  private void firstTryRefused(Instant now) {
    firstTries.refuse(now);
    Duration span = pace.evidence(now, SPAN);
    if (span.isPositive() && Verdict.meansTheAccount(firstTries.counts(now, span))) {
      pace.refused(now, all.admittedPerSecond(now, MEASURED_SLOTS));
    }
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
