package io.roomlog.fanout;

import java.time.Duration;
import java.time.Instant;

/**
 * The account's token bucket as API Gateway describes it: so many tokens a second, and never more
 * than its depth (docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
 */
final class AccountBucket {

  private final double perSecond;
  private final double depth;
  private double tokens;
  private Instant filled = VirtualTime.START;

  AccountBucket(double perSecond, double depth) {
    this.perSecond = perSecond;
    this.depth = depth;
    this.tokens = depth;
  }

  synchronized boolean admits(Instant now) {
    double seconds = Duration.between(filled, now).toNanos() / 1e9;
    tokens = Math.min(depth, tokens + seconds * perSecond);
    filled = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
