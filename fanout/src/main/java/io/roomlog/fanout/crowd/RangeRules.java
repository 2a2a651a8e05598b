package io.roomlog.fanout.crowd;

import java.util.Optional;

/** Which bounds make a range. */
final class RangeRules {

  private RangeRules() {}

  /**
   * What is wrong with two bounds.
   *
   * @param most positions in all
   * @return names the field and the limit; empty if nothing is
   */
  static Optional<String> fault(long from, long to, int most) {
    if (from < 1) {
      return Optional.of("from is " + from + "; a position is a whole number from 1 on");
    }
    if (to < from) {
      return Optional.of("to is " + to + ", before from, which is " + from);
    }
    if (to - from >= most) {
      String wanted = "to is " + to + ", " + (to - from + 1) + " positions with from " + from;
      return Optional.of(wanted + "; the limit is " + most + " positions");
    }
    return Optional.empty();
  }
}
