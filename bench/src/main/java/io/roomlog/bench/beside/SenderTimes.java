package io.roomlog.bench.beside;

import io.roomlog.local.functions.Functions;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When the function of a message's sender had answered, and whether it answered that all is well.
 */
final class SenderTimes {

  private final Map<Integer, Long> ended = new ConcurrentHashMap<>();
  private final Set<Integer> failed = ConcurrentHashMap.newKeySet();

  Functions around(Functions functions) {
    return (function, event) -> {
      Functions.Outcome outcome = functions.invoke(function, event);
      if (Way.of(function).isPresent()) {
        long now = System.nanoTime();
        Numbered.in(event).limit(1).forEach(number -> ended(number, now, outcome));
      }
      return outcome;
    };
  }

  private void ended(int number, long now, Functions.Outcome outcome) {
    if (!(outcome instanceof Functions.Outcome.Returned(String payload)
        && payload.contains("\"statusCode\":200"))) {
      failed.add(number);
    }
    ended.put(number, now);
  }

  OptionalLong ended(int number) {
    Long at = ended.get(number);
    return at == null ? OptionalLong.empty() : OptionalLong.of(at);
  }

  boolean isFailed(int number) {
    return failed.contains(number);
  }
}
