package io.roomlog.bench.machine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Times from when something should have begun until it was over, from many threads. */
public final class Latencies {

  /** Nothing that a run waits for takes longer. */
  private static final Duration MOST = Duration.ofMinutes(10);

  private static final int DIGITS = 3;
  private static final double MICROS_PER_MILLI = 1_000;

  private final Histogram micros =
      new ConcurrentHistogram(1, TimeUnit.NANOSECONDS.toMicros(MOST.toNanos()), DIGITS);

  /** Counts one, in nanoseconds. */
  public void record(long nanos) {
    micros.recordValue(
        Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 1, MOST.toMillis() * 1_000));
  }

  /** Counts those of another too. */
  public void add(Latencies other) {
    micros.add(other.micros);
  }

  /** How many. */
  public long count() {
    return micros.getTotalCount();
  }

  /** In milliseconds, 0 if there are none. */
  public double p50() {
    return micros.getValueAtPercentile(50) / MICROS_PER_MILLI;
  }

  /** In milliseconds, 0 if there are none. */
  public double p99() {
    return micros.getValueAtPercentile(99) / MICROS_PER_MILLI;
  }

  /** In milliseconds, 0 if there are none. */
  public double most() {
    return micros.getMaxValue() / MICROS_PER_MILLI;
  }
}
