package io.roomlog.tests.world;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, never for a time. */
public final class Await {

  /**
   * How long anything in a test may take before it counts as not happening. Twice what a function's
   * process may take to start: one that is killed is replaced within it on a busy machine too.
   */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(5).toNanos();

  private Await() {}

  /** Returns once the condition holds. */
  public static void until(String what, BooleanSupplier condition) {
    until(what, LIMIT, () -> "", condition);
  }

  /**
   * Returns once the condition holds.
   *
   * @param what the condition in words
   * @param limit how long it may take
   * @param state what to show if it does not
   * @throws AssertionError if it does not hold in time
   */
  public static void until(
      String what, Duration limit, Supplier<String> state, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + limit + ": " + what + " " + state.get());
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}
