package io.roomlog.bench.machine;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** Says on standard error what is being measured, since a terminal that is silent looks dead. */
public final class Progress {

  private final String part;

  /** Of one part of the table. */
  public Progress(String part) {
    this.part = part;
  }

  /** Says what is begun now. */
  public void at(String what, Object... figures) {
    System.err.printf(
        "%s %s: %s%n",
        LocalTime.now().truncatedTo(ChronoUnit.SECONDS), part, what.formatted(figures));
  }
}
