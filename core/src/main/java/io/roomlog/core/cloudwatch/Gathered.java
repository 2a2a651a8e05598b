package io.roomlog.core.cloudwatch;

import io.roomlog.core.metrics.Metric;
import java.util.Arrays;

/**
 * The values of one metric in one invocation, in bounded memory. Of more than {@link #VALUES_MAX}
 * values every second, fourth, … is kept, so that what is kept is spread over all of them.
 */
final class Gathered {

  /** The most values of a metric that a line may hold (Embedded Metric Format, "MetricValue"). */
  static final int VALUES_MAX = 100;

  private final Metric.Kind kind;
  private double[] values = new double[1];
  private int size;
  private long stride = 1;
  private long seen;

  Gathered(Metric.Kind kind) {
    this.kind = kind;
  }

  void add(double value) {
    if (kind == Metric.Kind.COUNT) {
      values[0] += value;
      size = 1;
    } else if (seen++ % stride == 0) {
      keep(value);
    }
  }

  private void keep(double value) {
    if (size == VALUES_MAX) {
      for (int i = 0; i < VALUES_MAX / 2; i++) {
        values[i] = values[2 * i];
      }
      size = VALUES_MAX / 2;
      stride *= 2;
      if ((seen - 1) % stride != 0) {
        return;
      }
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.min(VALUES_MAX, 2 * size));
    }
    values[size++] = value;
  }

  /** What was kept, at least one value once one was added. */
  double[] values() {
    return Arrays.copyOf(values, size);
  }
}
