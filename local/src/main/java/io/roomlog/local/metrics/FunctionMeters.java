package io.roomlog.local.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Makes Prometheus's kinds of metrics of what functions write for CloudWatch: a counter of what has
 * the unit {@code Count}, a histogram of everything else, times in seconds. The metrics are named
 * as CloudWatch has them, in Prometheus's spelling: {@code Roomlog/AppendLatency} in milliseconds
 * is {@code roomlog_append_latency_seconds}.
 */
public final class FunctionMeters {
  /** More metrics than any function has: what makes up names cannot fill the memory. */
  static final int METRICS_MAX = 200;

  private static final double MILLIS_PER_SECOND = 1_000;

  /** From a call to a table to the age at which a batch is given up. */
  private static final double[] SECONDS = {
    .005, .01, .025, .05, .1, .15, .25, .5, 1, 2.5, 5, 10, 30, 60
  };

  private static final double[] NUMBERS = {1, 2, 5, 10, 25, 50, 100, 250, 1_000};
  private static final String FUNCTION = "function";

  private final PrometheusRegistry registry;
  private final UnaryOperator<String> label;
  private final Map<String, Meter> meters = new ConcurrentHashMap<>();

  /** Takes one value of one function. */
  private interface Meter {
    void take(double value, String function);
  }

  /**
   * Meters that are shown with others.
   *
   * @param registry where they are shown
   * @param label what a function is shown as, of the name under which it writes
   */
  public FunctionMeters(PrometheusRegistry registry, UnaryOperator<String> label) {
    this.registry = registry;
    this.label = label;
  }

  /** Takes a line; one that is no line of metrics is passed over. */
  public void take(String text) {
    MetricLine.read(text).ifPresent(this::take);
  }

  private void take(MetricLine line) {
    String function = label.apply(line.function());
    for (MetricLine.Values metric : line.values()) {
      String key = metric.namespace() + "/" + metric.name();
      if (meters.size() < METRICS_MAX || meters.containsKey(key)) {
        Meter meter = meters.computeIfAbsent(key, name -> meter(name, metric));
        metric.values().forEach(value -> meter.take(value, function));
      }
    }
  }

  private Meter meter(String key, MetricLine.Values metric) {
    String name = spelt(metric.namespace()) + "_" + spelt(metric.name());
    String help = "As in CloudWatch: " + key;
    return switch (metric.unit()) {
      case "Count" -> {
        Counter counter =
            Counter.builder().name(name).help(help).labelNames(FUNCTION).register(registry);
        yield (value, function) -> counter.labelValues(function).inc(value);
      }
      case "Milliseconds" -> {
        Histogram times = histogram(name + "_seconds", help, SECONDS);
        yield (value, function) -> times.labelValues(function).observe(value / MILLIS_PER_SECOND);
      }
      default -> {
        Histogram numbers = histogram(name, help, NUMBERS);
        yield (value, function) -> numbers.labelValues(function).observe(value);
      }
    };
  }

  private Histogram histogram(String name, String help, double[] bounds) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(FUNCTION)
        .classicOnly()
        .classicUpperBounds(bounds)
        .withoutExemplars()
        .register(registry);
  }

  /** {@code AppendLatency} as {@code append_latency}. */
  static String spelt(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[^A-Za-z0-9]+", "_")
        .toLowerCase(Locale.ROOT);
  }
}
