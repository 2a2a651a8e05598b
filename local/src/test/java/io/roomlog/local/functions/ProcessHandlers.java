package io.roomlog.local.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

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

  /** Is long in the making, so that two that are made at once are seen to be. */
  public static final class Slow implements RequestHandler<String, String> {
    private static final long MAKING_NANOS = 1_000_000_000;

    private final Span made;

    /**
     * When it was made, on the machine's one clock of nanoseconds.
     *
     * @param begin with its first statement
     * @param end with its last
     */
    record Span(long begin, long end) {
      boolean beginsWithin(Span other) {
        return other.begin <= begin && begin < other.end;
      }
    }

    public Slow() {
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < MAKING_NANOS) {
        LockSupport.parkNanos(MAKING_NANOS);
      }
      made = new Span(begin, System.nanoTime());
    }

    @Override
    public String handleRequest(String event, Context context) {
      return made.begin() + " " + made.end();
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
