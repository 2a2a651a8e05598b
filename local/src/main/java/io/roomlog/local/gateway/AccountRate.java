package io.roomlog.local.gateway;

/**
 * The rate that an account's calls share: a token bucket over handshakes, frames from clients and
 * {@code @connections} calls of all its APIs (AWS's default is 10,000 a second with a bucket of
 * 5,000; docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
 *
 * @param perSecond tokens that come back a second
 * @param bucket tokens at most
 */
public record AccountRate(int perSecond, int bucket) {

  /** What a new account has. */
  public static final AccountRate AWS_DEFAULT = new AccountRate(10_000, 5_000);

  /** Both are at least 1. */
  public AccountRate {
    if (perSecond < 1 || bucket < 1) {
      throw new IllegalArgumentException(
          "perSecond is %d and bucket is %d; both must be at least 1".formatted(perSecond, bucket));
    }
  }
}
