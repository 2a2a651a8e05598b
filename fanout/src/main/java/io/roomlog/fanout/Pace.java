package io.roomlog.fanout;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How many posts a second the account lets through, found by trying: additive increase,
 * multiplicative decrease (Chiu and Jain, <i>Analysis of the Increase and Decrease Algorithms for
 * Congestion Avoidance in Computer Networks</i>, 1989), by which several environments that share an
 * account come to fair shares without knowing of each other.
 *
 * <p><b>Why a rate and not a window.</b> The account's limit is a token bucket, filled with so many
 * tokens a second whatever a post takes
 * (docs.aws.amazon.com/apigateway/latest/developerguide/limits.html). A window of posts under way
 * is a rate only by way of their time: at 15 ms a post, 1,000 a second are fifteen under way; one
 * more is 7 % more, and when posts take twice as long half of the quota lies idle. So the rate is
 * paced, and the window, the number of workers, only bounds what is under way.
 *
 * <p><b>Unlimited at first</b>, or limited by what is known of the account. A bucket that nobody
 * has used is full, and a burst is what it is there for. Only when the account refuses does a rate
 * apply: nine tenths of what it has just let through, growing by three hundredths a second until it
 * refuses again, six to nine seconds later. In the bucket that swing costs nothing: what is not
 * used below the rate is used above it. After half a minute without a refusal the rate was not the
 * bound, and is lifted.
 *
 * <p>Lives as long as the execution environment. Safe for many threads.
 */
final class Pace {

  /** What is left of the rate that the account has just let through, when it refuses. */
  static final double DECREASE = 0.9;

  /** What is added every second, as a share of the rate after the last decrease. */
  static final double INCREASE = 0.03;

  /** What is added every second at least, in posts a second. */
  static final double INCREASE_MIN = 20;

  /** Posts a second that are always allowed: few rooms make more, and they must not crawl. */
  static final double PER_SECOND_MIN = 100;

  /** How long after a decrease the answers are not yet those to the new rate. */
  static final Duration SETTLING = Duration.ofMillis(150);

  /** How long after the last decrease the rate is lifted. */
  static final Duration CALM = Duration.ofSeconds(30);

  /** Threads ask with times that are less apart than this; a clock that is set back, with more. */
  static final Duration SET_BACK = Duration.ofSeconds(1);

  /** Turns that were missed are made up for, as many as come due in this time. */
  static final Duration CATCH_UP = Duration.ofMillis(10);

  private record Limit(double perSecond, Instant since) {

    /** The rate has grown since. */
    double at(Instant now) {
      double seconds = Math.max(0, Duration.between(since, now).toNanos() / 1e9);
      return perSecond + Math.max(INCREASE_MIN, INCREASE * perSecond) * seconds;
    }
  }

  private final double perSecondMax;
  private final Duration burst;
  private @Nullable Limit limit;
  private Instant next = Instant.MIN;
  private Instant seen = Instant.EPOCH;

  /** A pace that nothing but the account bounds. */
  Pace() {
    this(Double.POSITIVE_INFINITY, 0);
  }

  /**
   * A pace.
   *
   * @param perSecondMax posts a second that are never exceeded, but
   * @param burst by so many posts after a rest: as many as come due in it, at most
   */
  Pace(double perSecondMax, double burst) {
    this.perSecondMax = perSecondMax;
    this.burst = Duration.ofNanos(Math.round(1e9 * burst / perSecondMax));
  }

  /**
   * Takes the next turn.
   *
   * @param latest a turn later than this is not taken
   * @return when it is, now or later
   */
  synchronized Instant turn(Instant now, Instant latest) {
    noticeSettingBack(now);
    OptionalDouble rate = perSecond(now);
    if (rate.isEmpty()) {
      next = now;
      return now;
    }
    Instant earliest = now.minus(isLimited(now) ? CATCH_UP : burst);
    Instant turn = next.isBefore(earliest) ? earliest : next;
    if (!turn.isAfter(latest)) {
      next = turn.plusNanos(Math.round(1e9 / rate.getAsDouble()));
    }
    return turn.isBefore(now) ? now : turn;
  }

  /** Or nobody would have a turn until the clock has caught up. */
  private void noticeSettingBack(Instant now) {
    if (now.isBefore(seen.minus(SET_BACK))) {
      next = now;
      limit = limit == null ? null : new Limit(limit.perSecond(), now);
      seen = now;
    } else if (now.isAfter(seen)) {
      seen = now;
    }
  }

  /**
   * The account refuses posts at this rate.
   *
   * @param admittedPerSecond what it has just let through
   */
  synchronized void refused(Instant now, double admittedPerSecond) {
    limit = new Limit(Math.max(PER_SECOND_MIN, DECREASE * admittedPerSecond), now);
  }

  /**
   * How long answers have been coming that tell of the present rate: not yet, right after a
   * decrease, when those arrive that were posted before it.
   *
   * @param most more than this does not matter
   */
  synchronized Duration evidence(Instant now, Duration most) {
    if (limit == null) {
      return most;
    }
    Duration since = Duration.between(limit.since().plus(SETTLING), now);
    return since.compareTo(most) < 0 ? since : most;
  }

  /** Whether the account has refused posts lately. */
  synchronized boolean isLimited(Instant now) {
    return limit != null && now.isBefore(limit.since().plus(CALM));
  }

  /**
   * Posts a second allowed, or nothing if there is no bound and the account has not refused any.
   */
  synchronized OptionalDouble perSecond(Instant now) {
    double rate =
        limit != null && isLimited(now) ? Math.min(limit.at(now), perSecondMax) : perSecondMax;
    return Double.isInfinite(rate) ? OptionalDouble.empty() : OptionalDouble.of(rate);
  }
}
