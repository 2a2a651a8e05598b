package io.roomlog.local.functions;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides which invocations are struck by a fault, and when in their course. The same seed and the
 * same order of invocations strike alike. Each fault counts how often it struck: one that comes
 * after the answer does not count.
 */
public final class FunctionFaults {

  /** How long a frozen environment stands still. */
  public static final Duration FREEZE = Duration.ofSeconds(2);

  /** The latest time in an invocation at which a fault comes. */
  static final Duration AFTER_MAX = Duration.ofMillis(20);

  /**
   * A fault that is to come.
   *
   * @param fault which
   * @param after how long after the invocation has begun
   */
  record Coming(FunctionFault fault, Duration after) {}

  private final Map<FunctionFault, Double> probabilities;
  private final RandomGenerator random;
  private final Map<FunctionFault, Long> strikes = new EnumMap<>(FunctionFault.class);

  /**
   * Faults that strike with these probabilities.
   *
   * @param probabilities of each invocation: 0 for never, 1 for always
   * @param random decides; used by one thread at a time
   */
  public FunctionFaults(Map<FunctionFault, Double> probabilities, RandomGenerator random) {
    this.probabilities = Map.copyOf(probabilities);
    this.random = random;
  }

  /** None ever strikes. */
  public static FunctionFaults none() {
    return new FunctionFaults(Map.of(), RandomGenerator.getDefault());
  }

  synchronized Optional<Coming> onInvocation() {
    for (FunctionFault fault : FunctionFault.values()) {
      double probability = probabilities.getOrDefault(fault, 0.0);
      if (probability > 0 && random.nextDouble() < probability) {
        return Optional.of(
            new Coming(fault, Duration.ofNanos(random.nextLong(AFTER_MAX.toNanos()))));
      }
    }
    return Optional.empty();
  }

  synchronized void struck(FunctionFault fault) {
    strikes.merge(fault, 1L, Long::sum);
  }

  /** How often a fault has struck. */
  public synchronized long strikes(FunctionFault fault) {
    return strikes.getOrDefault(fault, 0L);
  }
}
