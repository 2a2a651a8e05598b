package io.roomlog.core.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.core.wire.Json;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what one execution environment measures in one invocation and writes it as one line of
 * CloudWatch's Embedded Metric Format, which makes metrics of log lines
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * An invocation that measured nothing writes none.
 *
 * <p>By hand, since AWS's two libraries for it take a hundred times as long for their first line:
 * docs/architecture.md has the figures and the command.
 */
public final class EmbeddedMetrics implements Metrics {

  /** The namespace of all of Roomlog's metrics. */
  public static final String NAMESPACE = "Roomlog";

  /**
   * The only dimension: the function's name, which CloudFormation makes of the stack's, so that the
   * metrics of two stacks do not mix.
   */
  public static final String DIMENSION = "FunctionName";

  /** The logger whose messages are such lines and nothing else. */
  public static final String LOGGER = "metrics";

  private static final String FUNCTION = "AWS_LAMBDA_FUNCTION_NAME";

  private static final Logger lines = LoggerFactory.getLogger(LOGGER);

  private final String function;
  private final InstantSource clock;
  private final Consumer<String> out;
  private final Map<Metric, Gathered> gathered = new EnumMap<>(Metric.class);

  EmbeddedMetrics(String function, InstantSource clock, Consumer<String> out) {
    this.function = function;
    this.clock = clock;
    this.out = out;
  }

  /**
   * The metrics of a function's environment, written to the log.
   *
   * @param environment says the function's name, as Lambda does; without one nothing is written,
   *     since nobody could tell whose it is
   */
  public static Metrics of(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(FUNCTION))
        .<Metrics>map(name -> new EmbeddedMetrics(name, InstantSource.system(), lines::info))
        .orElse(Metrics.none());
  }

  @Override
  public synchronized void add(Metric metric, double value) {
    gathered.computeIfAbsent(metric, of -> new Gathered(of.kind())).add(value);
  }

  @Override
  public synchronized void flush() {
    if (!gathered.isEmpty()) {
      String line = line();
      gathered.clear();
      out.accept(line);
    }
  }

  private String line() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode aws = root.putObject("_aws").put("Timestamp", clock.millis());
    ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", NAMESPACE).putArray("Dimensions").addArray().add(DIMENSION);
    ArrayNode metrics = directive.putArray("Metrics");
    root.put(DIMENSION, function);
    gathered.forEach(
        (metric, values) -> {
          metrics.addObject().put("Name", metric.label()).put("Unit", metric.kind().unit());
          put(root, metric.label(), values.values());
        });
    return Json.minimal(root);
  }

  private static void put(ObjectNode root, String name, double[] values) {
    if (values.length == 1) {
      root.put(name, values[0]);
      return;
    }
    ArrayNode array = root.putArray(name);
    for (double value : values) {
      array.add(value);
    }
  }
}
