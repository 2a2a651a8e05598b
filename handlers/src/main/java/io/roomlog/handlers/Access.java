package io.roomlog.handlers;

import io.roomlog.core.RoomName;
import io.roomlog.handlers.identity.Identity;
import io.roomlog.handlers.identity.Verb;
import java.time.Instant;

/** Asks, before anything is done for a frame, whether its connection may. */
final class Access {

  private Access() {}

  /**
   * Lets a connection do something in a room.
   *
   * @throws Refused if it has no right to it, or not any more
   */
  static void require(Identity identity, RoomName room, Verb verb, Instant now) {
    identity
        .denial(room, verb, now)
        .ifPresent(
            denial -> {
              throw refused(denial);
            });
  }

  /**
   * Lets a connection do something that is about no room.
   *
   * @throws Refused if its token has expired
   */
  static void requireCurrent(Identity identity, Instant now) {
    if (identity.isExpired(now)) {
      throw refused(Identity.Denial.EXPIRED);
    }
  }

  private static Refused refused(Identity.Denial denial) {
    return switch (denial) {
      case FORBIDDEN ->
          new Refused(ErrorCode.FORBIDDEN, "room is one that the token gives no right to for this");
      case EXPIRED ->
          new Refused(ErrorCode.EXPIRED, "the token has expired; connect again with a new one");
    };
  }
}
