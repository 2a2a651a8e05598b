package io.roomlog.local.tables;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides which calls of tables are struck by a fault. The same seed and the same order of calls
 * strike alike. Each fault counts how often it struck.
 */
public final class TableFaults {
  private final RandomGenerator random;
  private final Map<TableFault, Double> probabilities;
  private final Map<TableFault, Long> strikes = new EnumMap<>(TableFault.class);

  /**
   * Faults that strike with these probabilities.
   *
   * @param probabilities of each call that a fault can strike: 0 for never, 1 for always
   * @param random decides; used by one thread at a time
   */
  public TableFaults(Map<TableFault, Double> probabilities, RandomGenerator random) {
    probabilities.forEach(TableFaults::check);
    this.probabilities = Map.copyOf(probabilities);
    this.random = random;
  }

  private static void check(TableFault fault, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "the probability of %s is %s; it must be 0 to 1".formatted(fault.label(), probability));
    }
  }

  /**
   * What makes a call fail, if anything does.
   *
   * @param operation e.g. {@code PutItem}
   */
  public synchronized Optional<TableFault> onCall(String operation) {
    for (TableFault fault : TableFault.values()) {
      double probability = probabilities.getOrDefault(fault, 0.0);
      if (probability > 0 && fault.canFail(operation) && random.nextDouble() < probability) {
        strikes.merge(fault, 1L, Long::sum);
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** Whether a read that may be answered from an earlier state is. */
  public synchronized boolean onStaleRead() {
    double probability = probabilities.getOrDefault(TableFault.TABLE_STALE_READ, 0.0);
    return probability > 0 && random.nextDouble() < probability;
  }

  /** Counts a read that was answered from an earlier state, and differs by that. */
  public synchronized void staleReadStruck() {
    strikes.merge(TableFault.TABLE_STALE_READ, 1L, Long::sum);
  }

  /** How often a fault has struck. */
  public synchronized long strikes(TableFault fault) {
    return strikes.getOrDefault(fault, 0L);
  }
}
