package io.roomlog.local.functions;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each invocation that went wrong; at level debug, one for each that did not. */
final class InvocationLog {
  private static final Logger log = LoggerFactory.getLogger(InvocationLog.class);

  private final String function;

  InvocationLog(String function) {
    this.function = function;
  }

  void returned(String requestId) {
    log.atDebug()
        .addKeyValue("function", function)
        .addKeyValue("requestId", requestId)
        .log("invocation_returned");
  }

  void failed(String requestId, Throwable thrown) {
    log.atError()
        .addKeyValue("function", function)
        .addKeyValue("requestId", requestId)
        .addKeyValue("errorType", thrown.getClass().getName())
        .setCause(thrown)
        .log("invocation_failed");
  }

  void failed(String requestId, RuntimeApi.Failure failure) {
    log.atError()
        .addKeyValue("function", function)
        .addKeyValue("requestId", requestId)
        .addKeyValue("errorType", failure.type())
        .addKeyValue("errorMessage", failure.message())
        .addKeyValue("stackTrace", failure.stackTrace())
        .log("invocation_failed");
  }

  void initFailed(RuntimeApi.Failure failure) {
    log.atError()
        .addKeyValue("function", function)
        .addKeyValue("errorType", failure.type())
        .addKeyValue("errorMessage", failure.message())
        .addKeyValue("stackTrace", failure.stackTrace())
        .log("function_init_failed");
  }

  void timedOut(String requestId, Duration timeout) {
    log.atError()
        .addKeyValue("function", function)
        .addKeyValue("requestId", requestId)
        .addKeyValue("timeoutMillis", timeout.toMillis())
        .log("invocation_timed_out");
  }

  void initFailed(Throwable thrown) {
    log.atError()
        .addKeyValue("function", function)
        .addKeyValue("errorType", thrown.getClass().getName())
        .setCause(thrown)
        .log("function_init_failed");
  }
}
