package io.roomlog.tests.alarms;

import io.roomlog.tests.world.Scrape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What CloudWatch would hold of a stretch of a run: from {@code /metrics}, which shows what the
 * functions measure and what the local run knows of the metrics that AWS makes by itself.
 *
 * <p>Whether an alarm would go off is reckoned as if the stretch went on for as long as the alarm
 * looks at: a sum is taken per period at the rate that was measured, and an age that grows while a
 * fault lasts is taken as old as it would be then. Percentiles and depths are taken as they are.
 *
 * @param looks in order; the first is of before the stretch, and at least one more
 * @param window from the first look to the last
 * @param fault how long the fault has lasted
 */
public record Measured(List<Scrape> looks, Duration window, Duration fault) {

  /** What AWS measures and the local run does not: it has no limit of concurrency to run into. */
  public static final Set<String> NOT_MEASURED = Set.of("AWS/Lambda/Throttles");

  private static final Set<String> GROWING = Set.of("IteratorAge", "ApproximateAgeOfOldestMessage");
  private static final double MILLIS = 1e3;
  private static final Duration FOR_EVER = Duration.ofDays(1);

  /** Copies what is given. */
  public Measured {
    looks = List.copyOf(looks);
  }

  /**
   * What an alarm would see.
   *
   * @param value of one period; NaN if there is none
   * @param above whether that is above the threshold
   */
  public record Seen(Alarm alarm, double value, boolean above) {
    @Override
    public String toString() {
      return "%s: %s > %s".formatted(alarm.name(), number(value), number(alarm.threshold()));
    }

    private static String number(double value) {
      return value == Math.rint(value)
          ? "%,d".formatted((long) value)
          : String.format(Locale.ROOT, "%,.1f", value);
    }
  }

  /** Looks at one alarm. */
  public Seen seen(Alarm alarm) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Alarm.Series series : alarm.series()) {
      if (!NOT_MEASURED.contains(series.name())) {
        value(series, alarm).ifPresent(value -> values.put(series.id(), value));
      }
    }
    double value = Expression.value(alarm.expression(), values);
    return new Seen(alarm, value, value > alarm.threshold());
  }

  private OptionalDouble value(Alarm.Series series, Alarm alarm) {
    String metric = series.metric();
    return switch (series.namespace()) {
      case "Roomlog" ->
          series.statistic().equals("Sum")
              ? sum("roomlog_" + spelt(metric) + "_total", alarm, label("function", series))
              : percentile("roomlog_" + spelt(metric) + "_seconds", label("function", series));
      case "AWS/Lambda" ->
          switch (metric) {
            case "Errors" ->
                sum("roomlog_invocation_failures_total", alarm, label("function", series));
            case "IteratorAge" -> most("roomlog_iterator_age_seconds", alarm, metric, MILLIS);
            default -> throw unknown(series);
          };
      case "AWS/SQS" ->
          switch (metric) {
            case "ApproximateNumberOfMessagesVisible" ->
                most(
                    "roomlog_queue_messages",
                    alarm,
                    metric,
                    1,
                    label("queue", series),
                    "state=\"visible\"");
            case "ApproximateAgeOfOldestMessage" ->
                most(
                    "roomlog_queue_oldest_message_seconds",
                    alarm,
                    metric,
                    1,
                    label("queue", series));
            default -> throw unknown(series);
          };
      case "AWS/DynamoDB" -> {
        String kind = metric.startsWith("Write") ? "kind=\"write\"" : "kind=\"read\"";
        yield sum("roomlog_table_throttles_total", alarm, label("table", series), kind);
      }
      default -> throw unknown(series);
    };
  }

  private static IllegalArgumentException unknown(Alarm.Series series) {
    return new IllegalArgumentException("nothing measures " + series.name() + " locally");
  }

  private static String label(String name, Alarm.Series series) {
    return name + "=\"" + series.of() + "\"";
  }

  /** {@code AppendLatency} as {@code append_latency}. */
  private static String spelt(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private OptionalDouble sum(String metric, Alarm alarm, String... labels) {
    Scrape last = looks.getLast();
    if (!last.has(metric, labels)) {
      return OptionalDouble.empty();
    }
    double grown = last.sum(metric, labels) - looks.getFirst().sum(metric, labels);
    return OptionalDouble.of(grown * alarm.period().toNanos() / window.toNanos());
  }

  private OptionalDouble most(
      String metric, Alarm alarm, String name, double unit, String... labels) {
    double most =
        looks.stream()
            .filter(look -> look.has(metric, labels))
            .mapToDouble(look -> look.sum(metric, labels))
            .max()
            .orElse(Double.NaN);
    if (Double.isNaN(most)) {
      return OptionalDouble.empty();
    }
    double growth =
        GROWING.contains(name)
            ? Math.max(1, alarm.growth().toNanos() / (double) fault.toNanos())
            : 1;
    return OptionalDouble.of(most * unit * growth);
  }

  /** The 99th in a hundred, in milliseconds: the bound of the bucket that it falls into. */
  private OptionalDouble percentile(String histogram, String label) {
    String buckets = histogram + "_bucket";
    Map<Double, Double> upTo = looks.getLast().byBound(buckets, label);
    Map<Double, Double> before = looks.getFirst().byBound(buckets, label);
    double all =
        upTo.getOrDefault(Double.POSITIVE_INFINITY, 0.0)
            - before.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
    if (all <= 0) {
      return OptionalDouble.empty();
    }
    double under = 0;
    for (Map.Entry<Double, Double> bucket : upTo.entrySet()) {
      if (bucket.getValue() - before.getOrDefault(bucket.getKey(), 0.0) >= all * 99 / 100) {
        // The thresholds are bounds of buckets, so which bucket it is decides.
        return OptionalDouble.of(
            (Double.isInfinite(bucket.getKey()) ? 2 * under : bucket.getKey()) * MILLIS);
      }
      under = bucket.getKey();
    }
    return OptionalDouble.empty();
  }

  /** The same stretch with ages as old as they were. */
  public Measured asItIs() {
    return new Measured(looks, window, FOR_EVER);
  }

  /**
   * The same stretch with one more look, after the fault; sums are still taken as if all of it had
   * come while the fault lasted.
   */
  public Measured until(Scrape look) {
    List<Scrape> more = new ArrayList<>(looks);
    more.add(look);
    return new Measured(more, window, fault);
  }
}
