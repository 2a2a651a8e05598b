package io.roomlog.handlers;

import io.roomlog.handlers.rate.SendRate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses what a connection sends too fast, and says so in the log without flooding that, too. */
final class SendLimit {

  private static final Logger log = LoggerFactory.getLogger(SendLimit.class);

  /** Of the refusals in a row, the first and every so manieth is told. */
  private static final int TOLD_EVERY = 100;

  private final SendRate rate;

  SendLimit(SendRate rate) {
    this.rate = rate;
  }

  /**
   * Counts messages.
   *
   * @throws Refused if they are too many
   */
  void count(String connectionId, int messages) {
    switch (rate.take(connectionId, messages)) {
      case SendRate.Verdict.Admitted() -> {}
      case SendRate.Verdict.Limited(long inARow) -> {
        if (inARow % TOLD_EVERY == 1) {
          log.atWarn()
              .addKeyValue("connectionId", connectionId)
              .addKeyValue("refusedInARow", inARow)
              .log("sends_limited");
        }
        throw new Refused(
            ErrorCode.RATE_LIMITED,
            "the connection sends faster than it may; send the same again a little later");
      }
    }
  }
}
