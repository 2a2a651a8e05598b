package io.roomlog.core.membership;

import java.time.Duration;
import java.time.Instant;

/**
 * A connection that joins rooms.
 *
 * @param id as the gateway names it
 * @param dialect how messages reach it
 * @param sender who is behind it, as stamped by the server
 * @param name the display name
 * @param joinedAt when it joins
 * @param expiresAt when its memberships end by themselves
 */
public record Connection(
    String id, Dialect dialect, String sender, String name, Instant joinedAt, Instant expiresAt) {

  /**
   * How long a membership lasts. The gateway closes a connection after two hours
   * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html);
   * ten minutes more, so that clocks need not agree.
   */
  public static final Duration MEMBERSHIP_LIFE = Duration.ofMinutes(130);

  /** Rooms that one connection may be in at once. */
  public static final int ROOMS_MAX = 50;
}
