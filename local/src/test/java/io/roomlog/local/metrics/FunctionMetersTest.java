package io.roomlog.local.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionMetersTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final FunctionMeters meters =
      new FunctionMeters(
          registry,
          name -> Map.of("roomlog-SendFunction", "SendFunction").getOrDefault(name, name));

  private static String line(String metrics, String values) {
    return """
    {"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"Roomlog","Dimensions":\
    [["FunctionName"]],"Metrics":[%s]}]},"FunctionName":"roomlog-SendFunction",%s}\
    """
        .formatted(metrics, values);
  }

  private String text() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.builder().build().write(out, registry.scrape());
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void countsAreAddedUp() throws Exception {
    String line =
        line("{\"Name\":\"MessagesAppended\",\"Unit\":\"Count\"}", "\"MessagesAppended\":2");
    meters.take(line);
    meters.take(line);
    assertThat(text())
        .contains("# TYPE roomlog_messages_appended_total counter")
        .contains("roomlog_messages_appended_total{function=\"SendFunction\"} 4.0");
  }

  @Test
  void timesAreHistogramsInSeconds() throws Exception {
    meters.take(
        line(
            "{\"Name\":\"AppendToPush\",\"Unit\":\"Milliseconds\"}",
            "\"AppendToPush\":[120.5,240,9000]"));
    assertThat(text())
        .contains(
            "roomlog_append_to_push_seconds_bucket{function=\"SendFunction\",le=\"0.15\"} 1",
            "roomlog_append_to_push_seconds_bucket{function=\"SendFunction\",le=\"0.25\"} 2",
            "roomlog_append_to_push_seconds_bucket{function=\"SendFunction\",le=\"+Inf\"} 3",
            "roomlog_append_to_push_seconds_sum{function=\"SendFunction\"} 9.36");
  }

  @Test
  void numbersAreHistograms() throws Exception {
    meters.take(
        line("{\"Name\":\"MessagesPerPush\",\"Unit\":\"None\"}", "\"MessagesPerPush\":3.0"));
    assertThat(text())
        .contains("roomlog_messages_per_push_bucket{function=\"SendFunction\",le=\"5.0\"} 1");
  }

  @Test
  void whatIsNoLineOfMetricsIsPassedOver() throws Exception {
    meters.take("no JSON");
    meters.take("{\"event\":\"connected\"}");
    meters.take(line("{\"Name\":\"Missing\",\"Unit\":\"Count\"}", "\"Other\":1"));
    assertThat(text()).isEmpty();
  }

  @Test
  void madeUpNamesDoNotFillTheMemory() throws Exception {
    for (int i = 0; i < 2 * FunctionMeters.METRICS_MAX; i++) {
      meters.take(
          line("{\"Name\":\"M%d\",\"Unit\":\"Count\"}".formatted(i), "\"M%d\":1".formatted(i)));
    }
    assertThat(registry.scrape().size()).isEqualTo(FunctionMeters.METRICS_MAX);
  }
}
