package io.roomlog.bench.machine;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Says on standard error what is being measured, since a terminal that is silent looks dead. */
public final class Progress {

  private final String part;

  /** Of one part of the table. */
  public Progress(String part) {
    this.part = part;
  }

  /** Says what is begun now. */
  public void at(String what) {
    LocalTime now = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
    System.err.println(now + " " + part + ": " + what);
  }
}
