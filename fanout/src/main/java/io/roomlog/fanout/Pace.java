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
 * <p><b>Unlimited at first.</b> A bucket that nobody has used is full, and a burst is what it is
 * there for. Only when the account refuses does a rate apply: nine tenths of what it has just let
 * through, growing by a tenth in three and a third seconds until it refuses again. In the bucket
 * that swing costs nothing: what is not used below the rate is used above it. After ten seconds
 * without a refusal the rate was not the bound, and is lifted.
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

  /** How long after the last refusal the rate is lifted. */
  static final Duration CALM = Duration.ofSeconds(10);

  /** Turns that were missed are made up for, as many as come due in this time. */
  static final Duration CATCH_UP = Duration.ofMillis(10);

  private record Limit(double perSecond, Instant since) {

    /** The rate has grown since. */
    double at(Instant now) {
      double seconds = Math.max(0, Duration.between(since, now).toNanos() / 1e9);
      return perSecond + Math.max(INCREASE_MIN, INCREASE * perSecond) * seconds;
    }
  }

  private @Nullable Limit limit;
  private Instant lastRefusal = Instant.MIN;
  private Instant next = Instant.MIN;

  /**
   * Takes the next turn.
   *
   * @param latest a turn later than this is not taken
   * @return when it is, now or later
   */
  synchronized Instant turn(Instant now, Instant latest) {
    OptionalDouble rate = perSecond(now);
    if (rate.isEmpty()) {
      next = now;
      return now;
    }
    Instant earliest = now.minus(CATCH_UP);
    Instant turn = next.isBefore(earliest) ? earliest : next;
    if (!turn.isAfter(latest)) {
      next = turn.plusNanos(Math.round(1e9 / rate.getAsDouble()));
    }
    return turn.isBefore(now) ? now : turn;
  }

  /**
   * The account has refused a post.
   *
   * @param begun when the post began: one that began before the last decrease says nothing new
   * @param admittedPerSecond what the account has just let through
   */
  synchronized void refused(Instant begun, Instant now, double admittedPerSecond) {
    boolean known = isLimited(now) && limit != null && begun.isBefore(limit.since());
    lastRefusal = now;
    if (!known) {
      limit = new Limit(Math.max(PER_SECOND_MIN, DECREASE * admittedPerSecond), now);
    }
  }

  /** Whether the account has refused a post lately. */
  synchronized boolean isLimited(Instant now) {
    return limit != null && now.isBefore(lastRefusal.plus(CALM));
  }

  /** Posts a second allowed, or nothing if the account has not refused any lately. */
  synchronized OptionalDouble perSecond(Instant now) {
    return limit != null && isLimited(now)
        ? OptionalDouble.of(limit.at(now))
        : OptionalDouble.empty();
  }
}
