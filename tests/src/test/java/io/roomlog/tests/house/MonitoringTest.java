package io.roomlog.tests.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.core.cloudwatch.EmbeddedMetrics;
import io.roomlog.core.metrics.Metric;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

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

  private final Map<String, Node> resources = fields(field(template(), "Resources"));

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

  private Map<String, Map<String, Node>> alarms() {
    return ofType("AWS::CloudWatch::Alarm");
  }

  /** The properties of each resource of a type. */
  private Map<String, Map<String, Node>> ofType(String type) {
    Map<String, Map<String, Node>> found = new LinkedHashMap<>();
    resources.forEach(
        (name, resource) -> {
          if (text(field(resource, "Type")).equals(type)) {
            found.put(name, fields(field(resource, "Properties")));
          }
        });
    return found;
  }

  private Set<String> ofAlarms() {
    Set<String> names = new TreeSet<>();
    for (Map<String, Node> alarm : alarms().values()) {
      if (alarm.containsKey("MetricName")) {
        names.add(text(alarm.get("Namespace")) + "/" + text(alarm.get("MetricName")));
      }
      for (Node each : items(alarm.get("Metrics"))) {
        if (fields(each).containsKey("MetricStat")) {
          Node metric = field(field(each, "MetricStat"), "Metric");
          names.add(text(field(metric, "Namespace")) + "/" + text(field(metric, "MetricName")));
        }
      }
    }
    return names;
  }

  private Set<String> ofDashboard() throws IOException {
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

  private static Node template() {
    try (Reader reader = Files.newBufferedReader(TEMPLATE)) {
      return new Yaml().compose(reader);
    } catch (IOException e) {
      throw new AssertionError(e);
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
      throw new AssertionError("no " + name + " in line " + (node.getStartMark().getLine() + 1));
    }
    return field;
  }

  private static List<Node> items(@Nullable Node node) {
    return node instanceof SequenceNode list ? new ArrayList<>(list.getValue()) : List.of();
  }

  private static String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
