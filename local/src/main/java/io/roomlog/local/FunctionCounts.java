package io.roomlog.local;

import io.roomlog.local.functions.Functions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Functions whose invocations are counted, whoever makes them. */
final class FunctionCounts implements Functions {
  private final Functions functions;
  private final Map<String, Counters> counters = new ConcurrentHashMap<>();

  private record Counters(LongAdder begun, LongAdder ended, LongAdder failed) {}

  /**
   * Counts of one function since the start.
   *
   * @param invocations begun
   * @param inFlight of these, those that have not ended
   * @param failures of these, those that threw or timed out
   */
  record Counts(long invocations, long inFlight, long failures) {}

  FunctionCounts(Functions functions) {
    this.functions = functions;
  }

  Counts of(String function) {
    Counters of = counters(function);
    // Read before what has begun, so that what is in flight is never negative.
    long ended = of.ended().sum();
    long failed = of.failed().sum();
    long begun = of.begun().sum();
    return new Counts(begun, begun - ended, failed);
  }

  @Override
  public Outcome invoke(String function, String event) throws InterruptedException {
    Counters of = counters(function);
    of.begun().increment();
    try {
      Outcome outcome = functions.invoke(function, event);
      switch (outcome) {
        case Outcome.Failed _, Outcome.TimedOut _ -> of.failed().increment();
        case Outcome.Returned _ -> {}
      }
      return outcome;
    } finally {
      of.ended().increment();
    }
  }

  private Counters counters(String function) {
    return counters.computeIfAbsent(
        function, _ -> new Counters(new LongAdder(), new LongAdder(), new LongAdder()));
  }
}
