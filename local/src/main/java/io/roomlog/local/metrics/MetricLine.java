package io.roomlog.local.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of CloudWatch's Embedded Metric Format
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html),
 * as far as functions write it that have one dimension.
 *
 * @param function the value of the dimension {@value #DIMENSION}
 * @param values of each metric that it declares
 */
public record MetricLine(String function, List<Values> values) {
  /** The dimension that says whose a line is. */
  public static final String DIMENSION = "FunctionName";

  private static final String AWS = "_aws";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The values of one metric.
   *
   * @param namespace of the metric
   * @param name of the metric
   * @param unit as CloudWatch calls it, {@code None} where there is none
   * @param values at least one
   */
  public record Values(String namespace, String name, String unit, List<Double> values) {
    /** Copies what is given. */
    public Values {
      values = List.copyOf(values);
    }
  }

  /** Copies what is given. */
  public MetricLine {
    values = List.copyOf(values);
  }

  /** Whether a function's output is a line of metrics and no event of its log. */
  public static boolean is(JsonNode line) {
    return line.path(AWS).path("CloudWatchMetrics").isArray();
  }

  /** Reads a line; nothing if it is none. */
  static Optional<MetricLine> read(String text) {
    try {
      JsonNode line = JSON.readTree(text);
      return is(line) && line.path(DIMENSION).isTextual()
          ? Optional.of(new MetricLine(line.path(DIMENSION).textValue(), values(line)))
          : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  private static List<Values> values(JsonNode line) {
    List<Values> all = new ArrayList<>();
    for (JsonNode directive : line.path(AWS).path("CloudWatchMetrics")) {
      for (JsonNode metric : directive.path("Metrics")) {
        String name = metric.path("Name").asText();
        List<Double> values = numbers(line.path(name));
        if (!values.isEmpty()) {
          String namespace = directive.path("Namespace").asText();
          all.add(new Values(namespace, name, metric.path("Unit").asText("None"), values));
        }
      }
    }
    return all;
  }

  private static List<Double> numbers(JsonNode value) {
    if (value.isNumber()) {
      return List.of(value.doubleValue());
    }
    List<Double> numbers = new ArrayList<>();
    value.forEach(each -> numbers.add(each.doubleValue()));
    return numbers;
  }
}
