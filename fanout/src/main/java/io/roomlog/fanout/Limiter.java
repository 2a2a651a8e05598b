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

  private final Courtesy courtesy;
  private final Pace pace;
  private final Hold hold = new Hold();
  private final Recent all = new Recent();
  private final Recent firstTries = new Recent();
  private final FullBuffers full = new FullBuffers();
  private final InstantSource clock;
  private final Pause pause;

  Limiter(Courtesy courtesy, InstantSource clock, Pause pause) {
    this.courtesy = courtesy;
    this.pace = new Pace(courtesy.perSecondMax(), courtesy.burst());
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
    while (true) {
      Instant now = clock.instant();
      goOn(now);
      Instant held = hold.until();
      Instant turn = held.isAfter(now) ? held : pace.turn(now, end);
      if (turn.isAfter(end)) {
        return false;
      }
      if (turn.isAfter(now)) {
        pause.of(Duration.between(now, turn));
      }
      if (!hold.until().isAfter(now)) {
        return true;
      }
    }
  }

  private void goOn(Instant now) {
    double perSecond = hold.end(now);
    if (perSecond >= 0) {
      pace.refused(now, perSecond);
    }
  }

  /**
   * A post was let through.
   *
   * @param posted when it began
   */
  void admitted(Refusals refusals, Instant posted, Instant now) {
    all.admit(now);
    hold.admitted(posted);
    if (refusals.inARow() == 0) {
      firstTries.admit(now);
    }
    full.remove(refusals.connectionId());
  }

  /**
   * A post was refused.
   *
   * @param refusals of this connection
   * @param posted when it began
   * @return whether it is this client's buffer that is full
   */
  boolean refused(Refusals refusals, Instant posted, Instant now) {
    if (full.contains(refusals.connectionId(), now)) {
      return true;
    }
    if (refusals.inARow() == 1) {
      hold.refused(posted);
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
    Duration span = pace.evidence(now, courtesy.judged());
    if (!span.isPositive() || hold.until().isAfter(now)) {
      return;
    }
    Recent.Counts lately = firstTries.counts(now, span);
    boolean isLimited = pace.isLimited(now);
    if (!Verdict.meansTheAccount(lately, courtesy.tolerated(isLimited))) {
      return;
    }
    if (courtesy.isSteady() && (!isLimited || Verdict.meansFarTooFast(lately))) {
      hold.begin(now);
    } else {
      pace.refused(now, all.admittedPerSecond(now, courtesy.measuredSlots()));
    }
  }

  /** How it treats the account's rate. */
  Courtesy courtesy() {
    return courtesy;
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
