package io.roomlog.local.functions;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One line for each invocation that went wrong; at level debug, one for each that did not. */
final class InvocationLog {
  private static final Logger log = LoggerFactory.getLogger(InvocationLog.class);

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final String function;

  InvocationLog(String function) {
    this.function = function;
  }

  /** An invocation begins now. */
  Begun begin(String requestId) {
    return new Begun(requestId, System.nanoTime());
  }

  /** An invocation that goes on; how it ended is logged once, with how long it took. */
  final class Begun {
    private final String requestId;
    private final long startNanos;

    private Begun(String requestId, long startNanos) {
      this.requestId = requestId;
      this.startNanos = startNanos;
    }

    String requestId() {
      return requestId;
    }

    void returned() {
      event(log.atDebug()).log("invocation_returned");
    }

    /** What is thrown without a stack trace is an answer, such as an authorizer's 401. */
    void failed(Throwable thrown) {
      LoggingEventBuilder event =
          event(thrown.getStackTrace().length == 0 ? log.atWarn() : log.atError())
              .addKeyValue("errorType", thrown.getClass().getName());
      if (thrown.getStackTrace().length == 0) {
        event.addKeyValue("errorMessage", thrown.getMessage()).log("invocation_failed");
      } else {
        event.setCause(thrown).log("invocation_failed");
      }
    }

    void failed(RuntimeApi.Failure failure) {
      event(log.atError())
          .addKeyValue("errorType", failure.type())
          .addKeyValue("errorMessage", failure.message())
          .addKeyValue("stackTrace", failure.stackTrace())
          .log("invocation_failed");
    }

    void timedOut(Duration timeout) {
      event(log.atError())
          .addKeyValue("timeoutMillis", timeout.toMillis())
          .log("invocation_timed_out");
    }

    private LoggingEventBuilder event(LoggingEventBuilder builder) {
      return builder
          .addKeyValue("function", function)
          .addKeyValue("requestId", requestId)
          .addKeyValue("durationMillis", (System.nanoTime() - startNanos) / NANOS_PER_MILLI);
    }
  }

  void initFailed(RuntimeApi.Failure failure) {
    log.atError()
        .addKeyValue("function", function)
        .addKeyValue("errorType", failure.type())
        .addKeyValue("errorMessage", failure.message())
        .addKeyValue("stackTrace", failure.stackTrace())
        .log("function_init_failed");
  }

  void initFailed(Throwable thrown) {
    log.atError()
        .addKeyValue("function", function)
        .addKeyValue("errorType", thrown.getClass().getName())
        .setCause(thrown)
        .log("function_init_failed");
  }
}
