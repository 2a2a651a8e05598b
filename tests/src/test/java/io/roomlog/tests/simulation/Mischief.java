package io.roomlog.tests.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Decides what goes wrong, and counts how often each fault struck. */
final class Mischief {

  private final RandomGenerator random;
  private final Set<Fault> allowed;
  private final Map<Fault, Long> struck = new EnumMap<>(Fault.class);
  private final Map<String, Long> deaths = new TreeMap<>();
  private boolean over;

  Mischief(RandomGenerator random, Set<Fault> allowed) {
    this.random = random;
    this.allowed = allowed.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(allowed);
  }

  /** Whether a fault strikes, and it is counted. */
  boolean strikes(Fault fault) {
    boolean strikes = mayStrike(fault);
    if (strikes) {
      count(fault);
    }
    return strikes;
  }

  /** Whether a fault strikes if it finds something to strike at; then it must be counted. */
  boolean mayStrike(Fault fault) {
    return !over && allowed.contains(fault) && random.nextDouble() < fault.chance();
  }

  void count(Fault fault) {
    struck.merge(fault, 1L, Long::sum);
  }

  /** Takes down where an environment died. */
  void died(Fault death, String call) {
    deaths.merge(death + " at " + call, 1L, Long::sum);
  }

  /** At which calls environments died, and how often. */
  Map<String, Long> deaths() {
    return deaths;
  }

  /** How often each fault struck. */
  Map<Fault, Long> struck() {
    return struck;
  }

  /** A random time; also when nothing goes wrong, no two calls take equally long. */
  Duration between(int fromMillis, int toMillis) {
    return Duration.ofNanos(random.nextLong(fromMillis * 1_000_000L, toMillis * 1_000_000L));
  }

  /** A random time, at most. */
  Duration upTo(Duration most) {
    return Duration.ofNanos(random.nextLong(most.toNanos()));
  }

  /** One way or the other. */
  boolean isEven() {
    return random.nextBoolean();
  }

  boolean isOver() {
    return over;
  }

  /** From now on nothing goes wrong. */
  void end() {
    over = true;
  }
}
