package io.roomlog.local.gateway;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a connection has had its time
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html).
 *
 * @param idleTimeout without a message in either direction
 * @param lifetime since the handshake
 */
record Expiry(Duration idleTimeout, Duration lifetime) {

  /** How long a client may take to confirm a close before its socket is cut. */
  static final Duration CLOSE_GRACE = Duration.ofSeconds(3);

  /** What is to be done with a connection. */
  enum Verdict {
    KEEP,
    CLOSE,
    ABORT
  }

  Verdict at(
      Instant now, Instant connectedAt, Instant lastActiveAt, @Nullable Instant closingSince) {
    if (closingSince != null) {
      return passed(closingSince, CLOSE_GRACE, now) ? Verdict.ABORT : Verdict.KEEP;
    }
    boolean over = passed(lastActiveAt, idleTimeout, now) || passed(connectedAt, lifetime, now);
    return over ? Verdict.CLOSE : Verdict.KEEP;
  }

  private static boolean passed(Instant since, Duration limit, Instant now) {
    return !now.isBefore(since.plus(limit));
  }
}
