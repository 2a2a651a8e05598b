package io.roomlog.local.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Handlers for tests of functions in processes of their own; they need no jar but the runtime's.
 */
public final class ProcessHandlers {
  private ProcessHandlers() {}

  /** Says in which process it runs, and how often it has been called. */
  public static final class Counting implements RequestHandler<String, String> {
    private int calls;

    @Override
    public String handleRequest(String event, Context context) {
      calls++;
      return "%s %d of %d".formatted(event, calls, ProcessHandle.current().pid());
    }
  }

  /** Shows its environment and its context. */
  public static final class Showing
      implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
      return Map.of(
          "event", event,
          "environment", System.getenv(),
          "remaining", context.getRemainingTimeInMillis(),
          "function", context.getFunctionName(),
          "arn", context.getInvokedFunctionArn());
    }
  }

  /** Does what it is told to. */
  public static final class Obedient implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String event, Context context) {
      return switch (event) {
        case "throw" -> throw new IllegalStateException("as I was told");
        case "exit" -> {
          Runtime.getRuntime().halt(7);
          yield "never";
        }
        case "stay" -> {
          stay();
          yield "never";
        }
        case String size when size.startsWith("answer ") ->
            "x".repeat(Integer.parseInt(size.substring("answer ".length())));
        default -> event;
      };
    }

    private static void stay() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Cannot be made. */
  public static final class Unmade implements RequestHandler<String, String> {
    public Unmade() {
      throw new IllegalArgumentException("ROOMS_TABLE is missing");
    }

    @Override
    public String handleRequest(String event, Context context) {
      return event;
    }
  }
}
