package io.roomlog.core.metrics;

import java.time.Duration;

/** Takes what is measured. Safe for many threads; never fails, never blocks on anything slow. */
public interface Metrics {

  /**
   * Adds to a count, or notes a value, as the metric's kind has it.
   *
   * @param metric of what
   * @param value how much; in milliseconds for a time
   */
  void add(Metric metric, double value);

  /** Adds one. */
  default void count(Metric metric) {
    add(metric, 1);
  }

  /** Notes a time. */
  default void time(Metric metric, Duration time) {
    add(metric, time.toNanos() / 1e6);
  }

  /** An invocation ends: hands over what was gathered since the last one. */
  void flush();

  /** Forgets everything. */
  static Metrics none() {
    return None.NONE;
  }

  /** See {@link #none}. */
  enum None implements Metrics {
    /** The only one. */
    NONE;

    @Override
    public void add(Metric metric, double value) {}

    @Override
    public void flush() {}
  }
}
