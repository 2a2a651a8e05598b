package io.roomlog.tests.world;

import io.roomlog.local.functions.Functions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the invocations that have ended, since a one-way route shows a client nothing. */
final class CountedFunctions {

  private final Map<String, AtomicInteger> ended = new ConcurrentHashMap<>();

  Functions around(Functions functions) {
    return (function, event) -> {
      try {
        return functions.invoke(function, event);
      } finally {
        counter(function).incrementAndGet();
      }
    };
  }

  int ended(String function) {
    return counter(function).get();
  }

  private AtomicInteger counter(String function) {
    return ended.computeIfAbsent(function, _ -> new AtomicInteger());
  }
}
