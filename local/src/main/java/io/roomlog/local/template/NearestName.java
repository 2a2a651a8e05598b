package io.roomlog.local.template;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The known name that an unknown one was probably meant to be.
 *
 * <p>The distance is Levenshtein's, with a swap of neighbours as one step; upper and lower case are
 * alike. Of names further away, one that goes on where the other ends is taken. Written here, since
 * twenty lines are no reason for a library.
 */
public final class NearestName {
  /** A name further away than this share of its length is another name, not a slip. */
  private static final double SLIP_SHARE = 0.4;

  /** A shorter beginning says nothing, in characters. */
  private static final int BEGINNING_MIN = 4;

  private NearestName() {}

  /**
   * The nearest of the known names, if one is near enough to have been meant.
   *
   * @param name the unknown one
   */
  public static Optional<String> of(String name, Collection<String> known) {
    int furthest = Math.max(1, (int) (name.length() * SLIP_SHARE));
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= furthest || isBeginning(name, candidate))
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  private static boolean isBeginning(String name, String candidate) {
    return Math.min(name.length(), candidate.length()) >= BEGINNING_MIN
        && (candidate.startsWith(name) || name.startsWith(candidate));
  }

  static int distance(String left, String right) {
    String from = left.toLowerCase(Locale.ROOT);
    String to = right.toLowerCase(Locale.ROOT);
    int[][] steps = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(steps, from, to, i, j);
      }
    }
    return steps[from.length()][to.length()];
  }

  private static int cheapest(int[][] steps, String from, String to, int i, int j) {
    int changed = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(steps[i - 1][j - 1] + changed, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
  }
}
