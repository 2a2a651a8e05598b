package io.roomlog.local.gateway;

import io.roomlog.local.functions.Functions;
import io.roomlog.local.functions.Functions.Outcome;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a function as an integration does: it is waited for up to the integration timeout, and
 * keeps running when nobody waits any more.
 */
final class Integration {

  private static final Logger log = LoggerFactory.getLogger(Integration.class);

  /** What the gateway learns of a call. */
  sealed interface Result {
    /**
     * The function answered in time.
     *
     * @param payload its answer's JSON
     */
    record Answered(String payload) implements Result {}

    /**
     * The function threw, crashed or ran into its own timeout.
     *
     * @param message the exception's message
     */
    record Failed(String message) implements Result {}

    /** The integration timeout passed first. */
    record TimedOut() implements Result {}
  }

  private final Functions functions;
  private final ExecutorService executor;
  private final Duration timeout;

  Integration(Functions functions, ExecutorService executor, Duration timeout) {
    this.functions = functions;
    this.executor = executor;
    this.timeout = timeout;
  }

  /** Calls a function, by its logical id, with an event's JSON. */
  Result call(String function, String event) throws InterruptedException {
    Future<Outcome> outcome = executor.submit(() -> functions.invoke(function, event));
    try {
      return result(outcome.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      log.atWarn().addKeyValue("function", function).log("integration_timed_out");
      return new Result.TimedOut();
    } catch (ExecutionException e) {
      log.atError().setCause(e.getCause()).addKeyValue("function", function).log("invoke_broke");
      return new Result.Failed(String.valueOf(e.getCause()));
    }
  }

  private static Result result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(String payload) -> new Result.Answered(payload);
      case Outcome.Failed(_, String message) -> new Result.Failed(message);
      case Outcome.TimedOut() -> new Result.Failed("the function ran into its timeout");
    };
  }
}
