package io.roomlog.local.gateway;

import java.time.InstantSource;
import java.util.Optional;

/** Admits calls at the account's rate, or all of them if none is enforced. */
final class AccountThrottle {

  private final InstantSource clock;
  private final Optional<TokenBucket> bucket;

  AccountThrottle(Optional<AccountRate> rate, InstantSource clock) {
    this.clock = clock;
    this.bucket = rate.map(each -> new TokenBucket(each, clock.instant()));
  }

  /** Whether the account's rate has room for one more call, which is then counted. */
  boolean admits() {
    return bucket.map(tokens -> tokens.take(clock.instant())).orElse(true);
  }
}
