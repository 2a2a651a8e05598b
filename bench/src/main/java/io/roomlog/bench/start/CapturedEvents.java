package io.roomlog.bench.start;

import io.roomlog.local.functions.Functions;
import io.roomlog.tests.world.Await;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The last event that each function of a run got, to be given to a cold one. */
final class CapturedEvents {

  private final Map<String, String> events = new ConcurrentHashMap<>();

  /** Looks at what goes to functions. */
  Functions around(Functions functions) {
    return (function, event) -> {
      events.put(function, event);
      return functions.invoke(function, event);
    };
  }

  /** Waits until a function, by its logical id, has got one, and gives it. */
  String of(String function) {
    Await.until("an event for " + function, () -> events.containsKey(function));
    return Objects.requireNonNull(events.get(function));
  }
}
