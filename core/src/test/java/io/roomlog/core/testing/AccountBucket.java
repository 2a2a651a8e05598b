package io.roomlog.core.testing;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The account's token bucket as API Gateway describes it: so many tokens a second, and never more
 * than its depth (docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
 */
public final class AccountBucket {

  private final double perSecond;
  private final double depth;
  private double tokens;
  private @Nullable Instant filled;

  /**
   * A full bucket.
   *
   * @param perSecond tokens a second
   * @param depth tokens at most
   */
  public AccountBucket(double perSecond, double depth) {
    this.perSecond = perSecond;
    this.depth = depth;
    this.tokens = depth;
  }

  /** Takes a token, if there is one. */
  public synchronized boolean admits(Instant now) {
    double seconds = Duration.between(filled == null ? now : filled, now).toNanos() / 1e9;
    tokens = Math.min(depth, tokens + seconds * perSecond);
    filled = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
