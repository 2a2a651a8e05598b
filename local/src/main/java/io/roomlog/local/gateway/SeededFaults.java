package io.roomlog.local.gateway;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Faults that strike at random, each with a probability of its own that may be changed at any time.
 * The same seed and the same order of calls strike alike. Each fault counts how often it struck, so
 * that a test can prove it happened.
 */
public final class SeededFaults implements Faults {

  private static final List<Fault> OF_POSTS =
      List.of(
          Fault.POST_GONE,
          Fault.POST_THROTTLED,
          Fault.POST_FAILED,
          Fault.POST_DELIVERED_YET_FAILED,
          Fault.POST_HANGS,
          Fault.CONNECTION_VANISHES);

  private final RandomGenerator random;
  private final Map<Fault, Double> probabilities = new EnumMap<>(Fault.class);
  private final Map<Fault, Long> strikes = new EnumMap<>(Fault.class);

  /**
   * No fault strikes yet.
   *
   * @param random decides; used by one thread at a time
   */
  public SeededFaults(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Sets how often a fault strikes from now on.
   *
   * @param probability of each post, or each {@code $disconnect}: 0 for never, 1 for always
   */
  public synchronized void strikeWith(Fault fault, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "the probability of %s is %s; it must be 0 to 1".formatted(fault.label(), probability));
    }
    probabilities.put(fault, probability);
  }

  /** How often a fault has struck. */
  public synchronized long strikes(Fault fault) {
    return strikes.getOrDefault(fault, 0L);
  }

  @Override
  public synchronized Optional<Fault> onPost(String connectionId) {
    return OF_POSTS.stream().filter(this::strikesNow).findFirst();
  }

  @Override
  public synchronized boolean onDisconnect(String connectionId) {
    return strikesNow(Fault.DISCONNECT_DROPPED);
  }

  private boolean strikesNow(Fault fault) {
    double probability = probabilities.getOrDefault(fault, 0.0);
    boolean strikes = probability > 0 && random.nextDouble() < probability;
    if (strikes) {
      this.strikes.merge(fault, 1L, Long::sum);
    }
    return strikes;
  }
}
