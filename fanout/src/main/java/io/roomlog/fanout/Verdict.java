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
 * <i>q</i><sup>k</sup>. It is the client once that is at most 5 %: for a first refusal, when at
 * least 95 % of the posts to others went through.
 *
 * <p><b>Few others.</b> With fewer than {@link #OTHERS_MIN} posts to others their share is taken by
 * Laplace's rule of succession, (refused + 1) / (answered + 2): in a room of two, where the other
 * one's post went through, a third of a chance at the first refusal, and the client is blamed at
 * the third. Alone, with nobody to compare with, at the fifth. And few posts are no reason to slow
 * anything down: {@link #meansTheAccount} wants {@link #OTHERS_MIN} as well.
 *
 * <p><b>While the account refuses.</b> A limiter at work keeps the refusals below 5 %, where each
 * of them would look like a full buffer. So while the account is known to refuse, the client is
 * blamed only beyond doubt.
 *
 * @param refusals refusals in a row of one frame, at least 1
 * @param others posts to other connections, for each frame its first refusal only: those who are
 *     refused again and again must not make the account look worse
 * @param limited whether the account is known to refuse
 */
record Verdict(int refusals, Recent.Counts others, boolean limited) {

  /** Posts to others that are enough to take their share as it is. */
  static final int OTHERS_MIN = 20;

  /** The share of refused posts, or the chance of it, up to which it is not the account. */
  static final double ACCOUNT_SHARE = 0.05;

  /** The same while the account is known to refuse: one post in a hundred thousand is misjudged. */
  static final double BEYOND_DOUBT = 1e-5;

  /** Tries of a frame that a plain client gets with its buffer full: it has no other way. */
  static final int PLAIN_TRIES_MAX = 3;

  /** Tries that one gets who reads what it missed in the log. */
  static final int ROOMLOG_TRIES_MAX = 2;

  /** Whether this client's buffer is full. */
  boolean meansTheClient() {
    return Math.pow(share(), refusals) <= (limited ? BEYOND_DOUBT : ACCOUNT_SHARE);
  }

  /**
   * Whether the account's rate is exceeded, so that everybody has to slow down.
   *
   * @param all posts of the last second, without those refused for a full buffer
   */
  static boolean meansTheAccount(Recent.Counts all) {
    return all.answered() >= OTHERS_MIN && all.refused() > ACCOUNT_SHARE * all.answered();
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
    return others.answered() >= OTHERS_MIN
        ? (double) others.refused() / others.answered()
        : (others.refused() + 1.0) / (others.answered() + 2.0);
  }
}
