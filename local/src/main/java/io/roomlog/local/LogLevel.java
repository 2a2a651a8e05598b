package io.roomlog.local;

import java.util.Locale;

/** What the local run logs. */
public enum LogLevel {
  /** What failed. */
  ERROR,
  /** And what will not do for long. */
  WARN,
  /** And what was started and stopped. */
  INFO,
  /** And one line for everything that happens. */
  DEBUG;

  /** The level as the command line and the logging configuration write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return text();
  }
}
