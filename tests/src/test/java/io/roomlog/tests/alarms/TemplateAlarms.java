package io.roomlog.tests.alarms;

import static io.roomlog.tests.alarms.TemplateYaml.field;
import static io.roomlog.tests.alarms.TemplateYaml.fields;
import static io.roomlog.tests.alarms.TemplateYaml.items;
import static io.roomlog.tests.alarms.TemplateYaml.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

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
    TemplateYaml.ofType(template, ALARM)
        .forEach((name, properties) -> alarms.add(alarm(name, properties)));
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
    if (properties.containsKey("Metrics")) {
      for (Node each : items(properties.get("Metrics"))) {
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
    // A resource's name by !Ref or !GetAtt: what is before the dot is its logical id.
    String of =
        items(metric.get("Dimensions")).stream()
            .findFirst()
            .map(dimension -> text(field(dimension, "Value")).replaceFirst("\\..*", ""))
            .orElse("");
    return new Alarm.Series(
        id, text(metric.get("Namespace")), text(metric.get("MetricName")), of, statistic);
  }
}
