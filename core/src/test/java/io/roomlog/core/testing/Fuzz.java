package io.roomlog.core.testing;

import java.util.Random;
import java.util.function.Function;

/**
 * Inputs of a fuzzer, each made by a random generator of its own, so that one can be made again.
 * The seed and the number are printed: {@code -Droomlog.fuzz.seed=7} takes another seed, {@code
 * -Droomlog.fuzz.times=100} a hundred times as many inputs.
 *
 * @param seed of the whole run
 * @param inputs how many
 */
public record Fuzz(long seed, int inputs) {

  private static final String SEED = "roomlog.fuzz.seed";
  private static final String TIMES = "roomlog.fuzz.times";
  private static final int SHOWN_MAX = 2_000;
  private static final long SEEDS_APART = 1_000_003;

  /** What must hold of an input. */
  @FunctionalInterface
  public interface Check<T> {
    /** Throws if it does not. */
    void holds(T input) throws Exception;
  }

  /** So many inputs of the run's seed, or as many times more as was asked for. */
  public static Fuzz of(int inputs) {
    return new Fuzz(Long.getLong(SEED, 1), inputs * Integer.getInteger(TIMES, 1));
  }

  /**
   * Makes each input and checks it.
   *
   * @param name of what is fuzzed, for the printed line
   * @throws AssertionError with the input and its seed, for the first of which it does not hold
   */
  public <T> void each(String name, Function<Random, T> make, Check<T> check) {
    System.out.printf("fuzz: %s, %d inputs of seed %d%n", name, inputs, seed);
    for (int i = 0; i < inputs; i++) {
      T input = make.apply(new Random(seed * SEEDS_APART + i));
      try {
        check.holds(input);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "input %d of -D%s=%d: %s".formatted(i, SEED, seed, shown(String.valueOf(input))), e);
      }
    }
  }

  private static String shown(String input) {
    return input.length() <= SHOWN_MAX ? input : input.substring(0, SHOWN_MAX) + " ...";
  }
}
