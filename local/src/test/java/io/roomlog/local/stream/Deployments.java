package io.roomlog.local.stream;

import io.roomlog.local.deployment.Api;
import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.StreamMapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deployments of one function, {@code FanOut}, that reads the stream of {@code MessagesTable}. */
final class Deployments {
  static final String FUNCTION_ARN = "arn:aws:lambda:eu-central-1:000000000000:function:fan-out";

  private Deployments() {}

  static Deployment with(StreamMapping... mappings) {
    var function =
        new Function(
            "FanOut",
            "fan-out",
            FUNCTION_ARN,
            "io.example.FanOut::handleRequest",
            "fanout.jar",
            Map.of(),
            Duration.ofSeconds(60),
            512);
    return new Deployment(
        List.of(),
        List.of(function),
        new Api("api", "Prod", "$request.body.action", Map.of()),
        List.of(mappings),
        List.of(),
        List.of());
  }

  static Mapping mapping() {
    return new Mapping();
  }

  /** A mapping as the template's defaults make it, and what a test changes of it. */
  static final class Mapping {
    private String startingPosition = "TRIM_HORIZON";
    private int batchSize = 100;
    private Duration window = Duration.ZERO;
    private int parallelizationFactor = 1;
    private List<String> filterPatterns = List.of();
    private boolean bisect;
    private @Nullable Duration age;
    private @Nullable Integer retries;
    private @Nullable String onFailureQueue;

    Mapping startingPosition(String position) {
      this.startingPosition = position;
      return this;
    }

    Mapping batchSize(int records) {
      this.batchSize = records;
      return this;
    }

    Mapping window(Duration window) {
      this.window = window;
      return this;
    }

    Mapping parallelizationFactor(int factor) {
      this.parallelizationFactor = factor;
      return this;
    }

    Mapping filterPatterns(String... patterns) {
      this.filterPatterns = List.of(patterns);
      return this;
    }

    Mapping bisect() {
      this.bisect = true;
      return this;
    }

    Mapping age(Duration age) {
      this.age = age;
      return this;
    }

    Mapping retries(int retries) {
      this.retries = retries;
      return this;
    }

    Mapping onFailureQueue(String queue) {
      this.onFailureQueue = queue;
      return this;
    }

    StreamMapping build() {
      return new StreamMapping(
          "MessagesToFanOut",
          "MessagesTable",
          "FanOut",
          startingPosition,
          batchSize,
          window,
          parallelizationFactor,
          filterPatterns,
          true,
          bisect,
          age,
          retries,
          onFailureQueue);
    }
  }
}
