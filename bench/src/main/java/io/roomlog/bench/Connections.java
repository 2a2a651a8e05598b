package io.roomlog.bench;

import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import java.time.Duration;
import java.time.Instant;

/** Connections with ids as long as the gateway's, whose senders and names have eight letters. */
public final class Connections {

  /** Long enough ago that no handshake is under way. */
  private static final Duration AGE = Duration.ofMinutes(10);

  private Connections() {}

  /**
   * A connection.
   *
   * @param prefix of its id, so that rooms have connections of their own; at most 6 letters
   * @param number from 0 on
   */
  public static Connection of(String prefix, int number, Dialect dialect, Instant now) {
    String id = prefix + "%0" + (15 - prefix.length()) + "d=";
    return new Connection(
        id.formatted(number),
        dialect,
        "senders1",
        "Someones",
        now.minus(AGE),
        now.plus(Connection.MEMBERSHIP_LIFE));
  }
}
