package io.roomlog.local.stream;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Waits for a condition, never longer than {@link #LIMIT}. */
public final class Eventually {
  static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(2);

  private Eventually() {}

  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      var _ = new CountDownLatch(1).await(STEP.toNanos(), NANOSECONDS);
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }
}
