package io.roomlog.local.tables;

import io.roomlog.local.policies.AccessKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before DynamoDB Local and makes calls of functions fail as DynamoDB's calls may. Calls of
 * anybody else go through: the stream mappings, the local run itself, and an operator's look.
 */
public final class FaultyTables extends Handler.Wrapper {
  private final Map<String, String> functions;
  private final CallFaults faults;
  private final ThrottledCalls throttled = new ThrottledCalls();

  /**
   * Puts faults before a handler.
   *
   * @param functions the functions' logical ids by their access keys
   * @param faults what strikes their calls
   */
  public FaultyTables(Handler behind, Map<String, String> functions, CallFaults faults) {
    super(behind);
    this.functions = Map.copyOf(functions);
    this.faults = faults;
  }

  /** What was refused for its rate so far. */
  public ThrottledCalls throttled() {
    return throttled;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String operation = Operation.nameOf(request);
    Optional<String> function =
        AccessKey.of(request).flatMap(key -> Optional.ofNullable(functions.get(key)));
    Optional<TableFault> fault = function.flatMap(name -> faults.onCall(name, operation));
    if (fault.isEmpty()) {
      Duration atLeast =
          function.map(name -> faults.atLeast(name, operation)).orElse(Duration.ZERO);
      Response answer =
          atLeast.isPositive() ? new LateAnswer(request, response, atLeast) : response;
      return super.handle(request, answer, callback);
    }
    switch (fault.get()) {
      case TABLE_THROTTLED -> {
        throttled.count(operation, Content.Source.asInputStream(request));
        TableError.throttled().write(response, callback);
      }
      case TABLE_FAILED -> TableError.internal().write(response, callback);
      case TABLE_CONFLICT -> conflict(operation, request).write(response, callback);
      case TABLE_STALE_READ -> throw new IllegalStateException(fault + " is no fault of a call");
      case TABLE_WRITTEN_YET_FAILED -> {
        Callback failing =
            Callback.from(() -> TableError.internal().write(response, callback), callback::failed);
        return super.handle(request, new Unheard(request, response), failing);
      }
      case TABLE_WRITTEN_YET_HANGS -> {
        Callback silent = Callback.from(() -> {}, callback::failed);
        return super.handle(request, new Unheard(request, response), silent);
      }
      case TABLE_HANGS -> {
        // Whoever never completes the callback never answers, and holds no thread.
      }
    }
    return true;
  }

  private static TableError conflict(String operation, Request request) throws Exception {
    return TableFault.TRANSACTIONS.contains(operation)
        ? TableError.cancelled(Content.Source.asInputStream(request))
        : TableError.conflict();
  }
}
