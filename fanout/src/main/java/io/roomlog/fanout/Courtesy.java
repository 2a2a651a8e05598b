package io.roomlog.fanout;

import java.time.Duration;

/**
 * How a function treats the account's rate, which it shares with the other functions. A large room
 * takes the whole rate for seconds, and whoever waits for a small one would wait behind it; so
 * {@link Crowd} is polite and {@link FanOut} is not: it has few posts, tries again at once what was
 * refused, and slows down only when nobody else does.
 *
 * @param isSteady whether it posts at an even rate for as long as it has something to post, so that
 *     what was let through in a moment tells a rate
 * @param perSecondMax posts a second that are never exceeded but by the burst; may be infinite
 * @param burst posts that may be made at once after a rest, within what perSecondMax adds
 * @param judged the answers of how long decide whether the account refuses
 * @param tolerated the share of refused posts up to which nothing is done while there is no limit
 * @param measured over how long is measured what was let through
 * @param refusedMin a post that the account refused waits at least this long
 * @param refusedMax and, however often it was refused, at most this much longer
 */
record Courtesy(
    boolean isSteady,
    double perSecondMax,
    double burst,
    Duration judged,
    double tolerated,
    Duration measured,
    Duration refusedMin,
    Duration refusedMax) {

  /** What of the account's rate a large room takes: the rest is for the calls of everybody else. */
  static final double SHARE = 0.97;

  /**
   * The depth of an account's bucket, as a share of its rate: 5,000 of 10,000 in most regions,
   * 1,250 of 2,500 in the others
   * (docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
   */
  private static final double DEPTH = 0.5;

  /** The share of refused posts that a limit is lowered for. */
  private static final double TOLERATED_LIMITED = 0.01;

  /**
   * For large rooms: begins with the rate that is known, and gives way at the first signs.
   *
   * @param accountPerSecond calls that the account may make a second, as far as is known
   */
  static Courtesy polite(double accountPerSecond) {
    return new Courtesy(
        true,
        SHARE * accountPerSecond,
        SHARE * DEPTH * accountPerSecond,
        Duration.ofMillis(200),
        TOLERATED_LIMITED,
        Duration.ofMillis(200),
        Duration.ofMillis(100),
        Duration.ofMillis(400));
  }

  /** For small rooms: slows down when a good part of its posts has been refused for seconds. */
  static Courtesy impatient() {
    return new Courtesy(
        false,
        Double.POSITIVE_INFINITY,
        0,
        Duration.ofSeconds(3),
        0.5,
        Duration.ofSeconds(1),
        Duration.ofMillis(20),
        Duration.ofMillis(180));
  }

  /** The share of refused posts up to which nothing is done. */
  double tolerated(boolean isLimited) {
    return isLimited ? Math.min(tolerated, TOLERATED_LIMITED) : tolerated;
  }

  /** Over how many slots is measured what was let through. */
  int measuredSlots() {
    return Math.toIntExact(measured.dividedBy(Recent.SLOT));
  }
}
