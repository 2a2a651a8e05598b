package io.roomlog.bench.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** One figure from several repetitions: the one in the middle, and the two at the ends. */
public final class Spread {

  /** Below this a figure is written with decimals. */
  private static final double SMALL = 10;

  private final List<Double> sorted;

  private Spread(List<Double> sorted) {
    this.sorted = sorted;
  }

  /**
   * Of some figures.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Spread of(List<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("a spread of no figures");
    }
    List<Double> sorted = new ArrayList<>(figures);
    Collections.sort(sorted);
    return new Spread(List.copyOf(sorted));
  }

  /** The one in the middle, of an even number the mean of the two. */
  public double median() {
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }

  /** The smallest. */
  public double min() {
    return sorted.getFirst();
  }

  /** The largest. */
  public double max() {
    return sorted.getLast();
  }

  /** The median, and in brackets the smallest and the largest where there are several. */
  @Override
  public String toString() {
    return sorted.size() == 1
        ? number(median())
        : "%s (%s–%s)".formatted(number(median()), number(min()), number(max()));
  }

  /** With as many digits as say something: three decimals below 1, one below 10, none above. */
  public static String number(double value) {
    double size = Math.abs(value);
    String format =
        size < 1 ? "%.3f" : size < SMALL ? "%.2f" : size < SMALL * SMALL ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
