package io.roomlog.local.gateway;

import java.time.Duration;
import java.time.Instant;

/** A token bucket, full at the start. It refills with the time it is told. */
final class TokenBucket {

  private final double perNano;
  private final double capacity;
  private double tokens;
  private Instant refilledAt;

  TokenBucket(AccountRate rate, Instant now) {
    this(rate.perSecond(), rate.bucket(), now);
  }

  TokenBucket(double perSecond, int capacity, Instant now) {
    this.perNano = perSecond / Duration.ofSeconds(1).toNanos();
    this.capacity = capacity;
    this.tokens = capacity;
    this.refilledAt = now;
  }

  /** Takes one token; false if there is none. */
  synchronized boolean take(Instant now) {
    if (now.isAfter(refilledAt)) {
      double gained = Duration.between(refilledAt, now).toNanos() * perNano;
      tokens = Math.min(capacity, tokens + gained);
      refilledAt = now;
    }
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
