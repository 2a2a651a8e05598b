package io.roomlog.core.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Whole hours: the step in which entries expire. */
final class Hours {

  private Hours() {}

  /** The hour that a time is in. */
  static Instant of(Instant time) {
    return time.truncatedTo(ChronoUnit.HOURS);
  }

  /** The first whole hour at or after a time. */
  static Instant next(Instant time) {
    Instant hour = of(time);
    return hour.equals(time) ? hour : hour.plus(1, ChronoUnit.HOURS);
  }
}
