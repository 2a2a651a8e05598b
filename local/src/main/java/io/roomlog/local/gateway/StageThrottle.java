package io.roomlog.local.gateway;

import io.roomlog.local.deployment.Api;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Admits handshakes and frames at the stage's own rate, or all of them if it has none. AWS counts
 * on a best-effort basis and calls it a target
 * (docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html); whether its
 * routes share one bucket is not known, so here they do, which refuses sooner.
 */
final class StageThrottle {

  private final InstantSource clock;
  private final Optional<TokenBucket> bucket;

  StageThrottle(Optional<Api.Throttling> throttling, InstantSource clock) {
    this.clock = clock;
    this.bucket =
        throttling.map(each -> new TokenBucket(each.perSecond(), each.burst(), clock.instant()));
  }

  /** Whether the stage's rate has room for one more, which is then counted. */
  boolean admits() {
    return bucket.map(tokens -> tokens.take(clock.instant())).orElse(true);
  }
}
