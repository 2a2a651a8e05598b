package io.roomlog.tests.alarms;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the alarms out of a template. */
public final class TemplateAlarms {

  private static final String ALARM = "AWS::CloudWatch::Alarm";
  private static final String ABOVE = "GreaterThanThreshold";
  private static final String ONE = "m";

  private TemplateAlarms() {}

  /**
   * All of them, in their order.
   *
   * @throws IllegalArgumentException if one is made of what is not understood here
   */
  public static List<Alarm> of(Path template) {
    List<Alarm> alarms = new ArrayList<>();
    fields(field(template(template), "Resources"))
        .forEach(
            (name, resource) -> {
              if (text(field(resource, "Type")).equals(ALARM)) {
                alarms.add(alarm(name, fields(field(resource, "Properties"))));
              }
            });
    return alarms;
  }

  private static Alarm alarm(String name, Map<String, Node> properties) {
    String comparison = text(properties.get("ComparisonOperator"));
    if (!comparison.equals(ABOVE)) {
      throw new IllegalArgumentException(name + " compares by " + comparison);
    }
    int periods = Integer.parseInt(text(properties.get("EvaluationPeriods")));
    Node toAlarm = properties.get("DatapointsToAlarm");
    List<Alarm.Series> series = new ArrayList<>();
    String expression = ONE;
    Node period = properties.get("Period");
    if (properties.get("Metrics") instanceof SequenceNode metrics) {
      for (Node each : metrics.getValue()) {
        Map<String, Node> metric = fields(each);
        Node stat = metric.get("MetricStat");
        if (stat != null) {
          period = field(stat, "Period");
          series.add(
              series(text(metric.get("Id")), field(stat, "Metric"), text(field(stat, "Stat"))));
        } else {
          expression = text(metric.get("Expression"));
        }
      }
    } else {
      series.add(series(ONE, properties, text(properties.get("Statistic"))));
    }
    return new Alarm(
        name,
        series,
        expression,
        Double.parseDouble(text(properties.get("Threshold"))),
        Duration.ofSeconds(Long.parseLong(text(period))),
        periods,
        toAlarm == null ? periods : Integer.parseInt(text(toAlarm)));
  }

  private static Alarm.Series series(String id, Node metric, String statistic) {
    return series(id, fields(metric), statistic);
  }

  private static Alarm.Series series(String id, Map<String, Node> metric, String statistic) {
    String of = "";
    if (metric.get("Dimensions") instanceof SequenceNode dimensions) {
      // A resource's name by !Ref or !GetAtt: what is before the dot is its logical id.
      of = text(field(dimensions.getValue().getFirst(), "Value")).replaceFirst("\\..*", "");
    }
    return new Alarm.Series(
        id, text(metric.get("Namespace")), text(metric.get("MetricName")), of, statistic);
  }

  private static Node template(Path template) {
    try (Reader reader = Files.newBufferedReader(template)) {
      return new Yaml().compose(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Node> fields(Node node) {
    Map<String, Node> fields = new LinkedHashMap<>();
    if (node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        fields.put(text(tuple.getKeyNode()), tuple.getValueNode());
      }
    }
    return fields;
  }

  private static Node field(Node node, String name) {
    Node field = fields(node).get(name);
    if (field == null) {
      throw new IllegalArgumentException(
          "no %s in line %d".formatted(name, node.getStartMark().getLine() + 1));
    }
    return field;
  }

  private static String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
