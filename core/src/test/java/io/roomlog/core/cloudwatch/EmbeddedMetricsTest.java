package io.roomlog.core.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class EmbeddedMetricsTest {

  private final List<String> lines = new ArrayList<>();
  private final ManualClock clock = new ManualClock();
  private final Metrics metrics = new EmbeddedMetrics("stack-Send-1", clock, lines::add);

  private JsonNode line() {
    metrics.flush();
    return Json.parse(lines.removeLast()).orElseThrow();
  }

  @Test
  void anInvocationIsOneLineInTheFormOfCloudWatch() {
    metrics.time(Metric.APPEND_LATENCY, Duration.ofMillis(12));
    metrics.count(Metric.MESSAGES_APPENDED);
    metrics.count(Metric.MESSAGES_APPENDED);
    metrics.flush();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst())
        .isEqualTo(
            "{\"_aws\":{\"Timestamp\":%d,\"CloudWatchMetrics\":[{\"Namespace\":\"Roomlog\","
                    .formatted(clock.millis())
                + "\"Dimensions\":[[\"FunctionName\"]],\"Metrics\":["
                + "{\"Name\":\"AppendLatency\",\"Unit\":\"Milliseconds\"},"
                + "{\"Name\":\"MessagesAppended\",\"Unit\":\"Count\"}]}]},"
                + "\"FunctionName\":\"stack-Send-1\",\"AppendLatency\":12.0,\"MessagesAppended\":2.0}");
  }

  @Test
  void whatMeasuredNothingWritesNothing() {
    metrics.flush();
    assertThat(lines).isEmpty();
  }

  @Test
  void anInvocationBeginsAnew() {
    metrics.count(Metric.POSTS);
    assertThat(line().path("Posts").asInt()).isEqualTo(1);
    metrics.count(Metric.POSTS_GONE);
    assertThat(line().has("Posts")).isFalse();
  }

  @Test
  void timesAreKeptEachAndAtMostAHundredSpreadOverAll() {
    for (int i = 0; i < 1_000; i++) {
      metrics.add(Metric.APPEND_TO_PUSH, i);
    }
    List<Double> kept =
        StreamSupport.stream(line().path("AppendToPush").spliterator(), false)
            .map(JsonNode::asDouble)
            .toList();
    assertThat(kept).hasSizeBetween(50, Gathered.VALUES_MAX).isSorted();
    assertThat(kept.getFirst()).isZero();
    assertThat(kept.getLast()).isGreaterThan(980);
    assertThat(kept.stream().mapToDouble(each -> each).average().orElseThrow())
        .isBetween(480.0, 520.0);
  }

  @Test
  void namesAreUnique() {
    assertThat(Arrays.stream(Metric.values()).map(Metric::label)).doesNotHaveDuplicates();
  }

  @Test
  void aFunctionWithoutANameWritesNothing() {
    assertThat(EmbeddedMetrics.of(Map.of())).isSameAs(Metrics.none());
  }
}
