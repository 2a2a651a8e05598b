package io.roomlog.handlers;

import io.roomlog.core.metrics.Metric;
import org.slf4j.event.Level;

/** Thrown out of the reading of a client's input by whatever is wrong with it first. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String reason;

  /**
   * Names the rule and what broke it.
   *
   * @param code which rule
   * @param reason names the field, its size or form, and the limit; never the value itself
   */
  Refused(ErrorCode code, String reason) {
    // No stack trace: it is an answer to a client, of whom there are many.
    super(reason, null, false, false);
    this.code = code;
    this.reason = reason;
  }

  ErrorCode code() {
    return code;
  }

  String reason() {
    return reason;
  }

  /** What an operator sees of it. */
  Metric metric() {
    return code == ErrorCode.RATE_LIMITED ? Metric.FRAMES_LIMITED : Metric.FRAMES_REFUSED;
  }

  /** What comes too fast would flood the log too; {@link SendLimit} tells of it now and then. */
  Level logLevel() {
    return code == ErrorCode.RATE_LIMITED ? Level.DEBUG : Level.WARN;
  }
}
