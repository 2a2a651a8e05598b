package io.roomlog.bench.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.cloudwatchlogs.emf.environment.EnvironmentProvider;
import software.amazon.cloudwatchlogs.emf.exception.DimensionSetExceededException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidDimensionException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidNamespaceException;
import software.amazon.cloudwatchlogs.emf.logger.MetricsLogger;
import software.amazon.cloudwatchlogs.emf.model.Unit;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * How long a new process takes for its first line of two metrics once Jackson, which every function
 * needs anyway, has been used: by hand, with {@code aws-embedded-metrics}, and with Powertools for
 * AWS Lambda. Each start is a process of its own, with the compiler that the template chooses; ways
 * take turns, a first round is not counted. Prints medians in milliseconds.
 */
public final class FirstLine {

  private static final int ROUNDS = 10;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String FUNCTION = "FunctionName";

  private FirstLine() {}

  private enum Way {
    BY_HAND,
    AWS_EMBEDDED_METRICS,
    POWERTOOLS
  }

  /** Measures all ways, or is one of the processes that are measured. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      measure();
    } else {
      once(Way.valueOf(arguments[0]));
    }
  }

  private static void measure() throws IOException, InterruptedException {
    Map<Way, List<Double>> millis = new EnumMap<>(Way.class);
    for (int round = -1; round < ROUNDS; round++) {
      for (Way way : Way.values()) {
        double took = start(way);
        if (round >= 0) {
          millis.computeIfAbsent(way, _ -> new ArrayList<>()).add(took);
        }
      }
    }
    millis.forEach(
        (way, each) -> {
          List<Double> sorted = each.stream().sorted().toList();
          System.out.printf(
              Locale.ROOT,
              "%-22s %6.1f ms (%.1f to %.1f), %d starts%n",
              way,
              sorted.get(ROUNDS / 2),
              sorted.getFirst(),
              sorted.getLast(),
              ROUNDS);
        });
  }

  private static double start(Way way) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(FirstLine.class.getName(), way.name()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(new File("/dev/null"));
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "first-line");
    builder.environment().put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    builder.environment().put("AWS_EMF_ENVIRONMENT", "Lambda");
    Process process = builder.start();
    List<String> lines = process.inputReader().lines().toList();
    if (process.waitFor() != 0 || !lines.getFirst().contains("CloudWatchMetrics")) {
      throw new IllegalStateException(way + " printed " + lines);
    }
    return Double.parseDouble(lines.getLast());
  }

  private static void once(Way way) throws Exception {
    ObjectMapper json = new ObjectMapper();
    json.writeValueAsString(json.readTree("{\"a\":1,\"b\":[1,2],\"c\":\"x\"}"));
    long begin = System.nanoTime();
    switch (way) {
      case BY_HAND -> byHand(json);
      case AWS_EMBEDDED_METRICS -> embeddedMetrics();
      case POWERTOOLS -> powertools();
    }
    System.out.println((System.nanoTime() - begin) / NANOS_PER_MILLI);
  }

  private static void byHand(ObjectMapper json) throws JsonProcessingException {
    ObjectNode root = json.createObjectNode();
    ObjectNode aws = root.putObject("_aws").put("Timestamp", System.currentTimeMillis());
    ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", "Roomlog").putArray("Dimensions").addArray().add(FUNCTION);
    ArrayNode metrics = directive.putArray("Metrics");
    metrics.addObject().put("Name", "AppendLatency").put("Unit", "Milliseconds");
    metrics.addObject().put("Name", "Posts").put("Unit", "Count");
    root.put(FUNCTION, "first-line").put("AppendLatency", 12.5).put("Posts", 3);
    System.out.println(json.writeValueAsString(root));
  }

  private static void embeddedMetrics()
      throws DimensionSetExceededException,
          InvalidDimensionException,
          InvalidMetricException,
          InvalidNamespaceException {
    MetricsLogger logger = new MetricsLogger(new EnvironmentProvider());
    logger.setNamespace("Roomlog");
    logger.setDimensions(
        software.amazon.cloudwatchlogs.emf.model.DimensionSet.of(FUNCTION, "first-line"));
    logger.putMetric("AppendLatency", 12.5, Unit.MILLISECONDS);
    logger.putMetric("Posts", 3, Unit.COUNT);
    logger.flush();
  }

  private static void powertools() {
    Metrics metrics = MetricsFactory.getMetricsInstance();
    metrics.setNamespace("Roomlog");
    metrics.setDefaultDimensions(
        software.amazon.lambda.powertools.metrics.model.DimensionSet.of(FUNCTION, "first-line"));
    metrics.addMetric("AppendLatency", 12.5, MetricUnit.MILLISECONDS);
    metrics.addMetric("Posts", 3, MetricUnit.COUNT);
    metrics.flush();
  }
}
