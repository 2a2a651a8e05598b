package io.roomlog.tests.soak;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Whether something stays as it is: the most of a run's last quarter is no more than the most of
 * its second quarter, and some play. In the first quarter compilers, pools and caches settle; what
 * leaks at all goes on doing so, and shows between the second quarter and the last.
 *
 * @param what in words, with the unit
 * @param of a look
 * @param share of play, of what the second quarter had
 * @param least play, in the unit
 */
record Flat(String what, ToLongFunction<Look> of, double share, long least) {

  /** What is wrong, if anything is. */
  Optional<String> fault(List<Look> looks) {
    int quarter = looks.size() / 4;
    long before = most(looks.subList(quarter, Math.max(2 * quarter, quarter + 1)));
    long after = most(looks.subList(looks.size() - Math.max(quarter, 1), looks.size()));
    long most = before + Math.max(least, Math.round(before * share));
    return after <= most
        ? Optional.empty()
        : Optional.of(
            "%s: %,d in the last quarter, %,d in the second; at most %,d are flat"
                .formatted(what, after, before, most));
  }

  private long most(List<Look> looks) {
    return looks.stream().mapToLong(of).max().orElseThrow();
  }
}
