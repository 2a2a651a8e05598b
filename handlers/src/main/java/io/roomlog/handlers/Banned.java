package io.roomlog.handlers;

import io.roomlog.core.log.Bans;
import java.time.Instant;

/** What is said to somebody who may not use a room. */
final class Banned {

  private Banned() {}

  /**
   * Refuses a sender who is banned.
   *
   * @param bans those that last
   */
  static void refuse(Bans bans, String sender) {
    bans.of(sender)
        .ifPresent(
            until -> {
              throw new Refused(ErrorCode.FORBIDDEN, reason(until));
            });
  }

  static String reason(Instant until) {
    return "the sender is banned until " + until;
  }
}
