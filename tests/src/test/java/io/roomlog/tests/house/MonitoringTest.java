package io.roomlog.tests.house;

import static io.roomlog.tests.alarms.TemplateYaml.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.core.cloudwatch.EmbeddedMetrics;
import io.roomlog.core.metrics.Metric;
import io.roomlog.tests.alarms.Alarm;
import io.roomlog.tests.alarms.TemplateAlarms;
import io.roomlog.tests.alarms.TemplateYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.nodes.Node;

/** An alarm that nobody can act on, or on a metric that does not exist, is worse than none. */
class MonitoringTest {

  private static final Path TEMPLATE = Path.of("..", "template.yaml");
  private static final Path OPERATING = Path.of("..", "docs", "operating.md");

  /** What AWS measures by itself and the template uses, from the services' own lists of metrics. */
  private static final Set<String> OF_AWS =
      Set.of(
          "AWS/Lambda/Errors",
          "AWS/Lambda/Throttles",
          "AWS/Lambda/IteratorAge",
          "AWS/Lambda/ConcurrentExecutions",
          "AWS/SQS/ApproximateNumberOfMessagesVisible",
          "AWS/SQS/ApproximateAgeOfOldestMessage",
          "AWS/DynamoDB/WriteThrottleEvents",
          "AWS/DynamoDB/ReadThrottleEvents");

  @Test
  void everyAlarmSaysWhatToDo() throws IOException {
    String operating = Files.readString(OPERATING);
    assertThat(alarms()).hasSizeGreaterThan(10);
    assertThat(alarms().keySet().stream().filter(alarm -> !operating.contains("| `" + alarm + "`")))
        .as("alarms without a line in the table of docs/operating.md")
        .isEmpty();
  }

  @Test
  void everyAlarmGoesWhereTheParametersSay() {
    assertThat(alarms().entrySet())
        .allSatisfy(
            alarm -> {
              assertThat(alarm.getValue()).as(alarm.getKey()).containsKey("AlarmActions");
              assertThat(alarm.getValue()).as(alarm.getKey()).containsKey("AlarmDescription");
            });
  }

  @Test
  void everyMetricOfAnAlarmExists() {
    Set<String> known = known();
    assertThat(ofAlarms()).isNotEmpty();
    assertThat(ofAlarms().stream().filter(metric -> !known.contains(metric))).isEmpty();
  }

  @Test
  void theErrorsOfEveryFunctionRingAnAlarm() {
    assertThat(
            TemplateAlarms.of(TEMPLATE).stream()
                .flatMap(alarm -> alarm.series().stream())
                .filter(series -> series.name().equals("AWS/Lambda/Errors"))
                .map(Alarm.Series::of))
        .containsAll(ofType("AWS::Serverless::Function").keySet());
  }

  @Test
  void everyMetricOfTheDashboardExists() throws IOException {
    Set<String> known = known();
    assertThat(ofDashboard().stream().filter(metric -> !known.contains(metric))).isEmpty();
  }

  @Test
  void everythingThatIsMeasuredIsOnTheDashboard() throws IOException {
    assertThat(ofDashboard())
        .containsAll(
            Arrays.stream(Metric.values()).map(MonitoringTest::name).collect(Collectors.toSet()));
  }

  @Test
  void everyFunctionIsPublishedAnewWithItsVariables() {
    assertThat(ofType("AWS::Serverless::Function").entrySet())
        .allSatisfy(
            function ->
                assertThat(function.getValue())
                    .as(function.getKey())
                    .containsKey("AutoPublishAliasAllProperties"));
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(OF_AWS);
    Arrays.stream(Metric.values()).map(MonitoringTest::name).forEach(known::add);
    return known;
  }

  private static String name(Metric metric) {
    return EmbeddedMetrics.NAMESPACE + "/" + metric.label();
  }

  private static Map<String, Map<String, Node>> alarms() {
    return ofType("AWS::CloudWatch::Alarm");
  }

  private static Map<String, Map<String, Node>> ofType(String type) {
    return TemplateYaml.ofType(TEMPLATE, type);
  }

  private static Set<String> ofAlarms() {
    return TemplateAlarms.of(TEMPLATE).stream()
        .flatMap(alarm -> alarm.series().stream())
        .map(Alarm.Series::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> ofDashboard() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Map<String, Node> dashboard : ofType("AWS::CloudWatch::Dashboard").values()) {
      JsonNode body = new ObjectMapper().readTree(text(dashboard.get("DashboardBody")));
      for (JsonNode widget : body.path("widgets")) {
        for (JsonNode metric : widget.path("properties").path("metrics")) {
          names.add(metric.get(0).asText() + "/" + metric.get(1).asText());
        }
      }
    }
    return names;
  }
}
