package io.roomlog.fanout;

import io.roomlog.core.membership.Dialect;

/**
 * Whose fault it is that one connection's posts are answered with 429. API Gateway says {@code
 * LimitExceededException} both when the account's rate is exceeded and when this client's buffer is
 * full (apigatewaymanagementapi-2018-11-29: "the client is sending more than the allowed number of
 * requests per unit of time or the WebSocket client side buffer is full").
 *
 * <p>An account's refusals strike at random, so the posts to <em>other</em> connections tell how
 * likely one is; a full buffer strikes the same connection again and again. If others were refused
 * with a share of <i>q</i>, then <i>k</i> refusals in a row by mere chance have the probability
 * <i>q</i><sup>k</sup>. It is the client once that is at most 5 %: for a first refusal, when all of
 * at least 18 posts to others went through.
 *
 * <p><b>Few others.</b> With fewer than {@link #OTHERS_MIN} posts to others their share is taken by
 * Laplace's rule of succession, (refused + 1) / (answered + 2): in a room of two, where the other
 * one's post went through, a third of a chance at the first refusal, and the client is blamed at
 * the third. Alone, with nobody to compare with, at the fifth. And few posts are no reason to slow
 * anything down: {@link #meansTheAccount} wants {@link #OTHERS_MIN} as well.
 *
 * <p><b>While the account refuses.</b> A limiter at work keeps the refusals below 5 %, where each
 * of them would look like a full buffer. So while the account is known to refuse, or as soon as one
 * of at least {@link #OTHERS_MIN} others was refused, the client is blamed only beyond doubt.
 *
 * @param refusals refusals in a row of one frame, at least 1
 * @param lately posts to other connections, of the last second and since the first refusal; for
 *     each frame its first try only: those who are refused again and again must not make the
 *     account look worse
 * @param meanwhile of these, since the first refusal: an account that has just begun to refuse
 *     looks better over a second than it is, so the worse of the two counts
 * @param limited whether the account is known to refuse
 */
record Verdict(int refusals, Recent.Counts lately, Recent.Counts meanwhile, boolean limited) {

  /** Posts since the first refusal that are enough to count by themselves. */
  static final int MEANWHILE_MIN = 5;

  /** Posts to others that are enough to take their share as it is. */
  static final int OTHERS_MIN = 20;

  /** The share of refused posts, or the chance of it, up to which it is not the account. */
  static final double ACCOUNT_SHARE = 0.05;

  /**
   * The same while the account is known to refuse, or while many others are there of whom some were
   * refused too: a room of a million has a million chances.
   */
  static final double BEYOND_DOUBT = 1e-8;

  /** Standard deviations above which a share of refused posts is no chance. */
  private static final double DEVIATIONS = 3;

  /** The share of refused posts above which a rate is not a little too high. */
  static final double FAR_SHARE = 0.3;

  /** Tries of a frame that a plain client gets with its buffer full: it has no other way. */
  static final int PLAIN_TRIES_MAX = 3;

  /** Tries that one gets who reads what it missed in the log. */
  static final int ROOMLOG_TRIES_MAX = 2;

  /** Whether this client's buffer is full. */
  boolean meansTheClient() {
    boolean isNoWonder = lately.answered() >= OTHERS_MIN && lately.refused() > 0;
    return Math.pow(share(), refusals) <= (limited || isNoWonder ? BEYOND_DOUBT : ACCOUNT_SHARE);
  }

  /**
   * Whether the account's rate is exceeded, so that everybody has to slow down.
   *
   * @param all first tries lately, without those to buffers known to be full
   * @param tolerated the share of them that may be refused; of few posts a larger one is chance
   */
  static boolean meansTheAccount(Recent.Counts all, double tolerated) {
    double expected = tolerated * all.answered();
    double deviation = Math.sqrt(expected * (1 - tolerated));
    return all.answered() >= OTHERS_MIN && all.refused() > expected + DEVIATIONS * deviation;
  }

  /** Whether the rate is so much too high that what was let through says little about it. */
  static boolean meansFarTooFast(Recent.Counts all) {
    return all.refused() > FAR_SHARE * all.answered();
  }

  /**
   * Whether a client with a full buffer is given up for this batch.
   *
   * @param wasFull whether it was given up for that lately; then there is no sense in trying again
   *     for a client that reads the log
   */
  static boolean isEnough(int refusals, Dialect dialect, boolean wasFull) {
    return switch (dialect) {
      case PLAIN -> refusals >= PLAIN_TRIES_MAX;
      case ROOMLOG -> wasFull || refusals >= ROOMLOG_TRIES_MAX;
    };
  }

  private double share() {
    return meanwhile.answered() >= MEANWHILE_MIN
        ? Math.max(share(lately), share(meanwhile))
        : share(lately);
  }

  private static double share(Recent.Counts others) {
    return others.answered() >= OTHERS_MIN
        ? (double) others.refused() / others.answered()
        : (others.refused() + 1.0) / (others.answered() + 2.0);
  }
}
