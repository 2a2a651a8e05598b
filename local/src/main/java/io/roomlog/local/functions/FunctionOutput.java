package io.roomlog.local.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.local.metrics.MetricLine;
import io.roomlog.local.metrics.MetricTap;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Puts what a function in a process of its own prints into the log of the run: its JSON lines at
 * their own level and with their own keys, lines of metrics where those of functions in this
 * process go, any other line as text at level info.
 */
final class FunctionOutput {
  private static final Logger log = LoggerFactory.getLogger("function");
  private static final Logger metrics = LoggerFactory.getLogger(MetricTap.LOGGER);

  private static final String LEVEL = "level";
  private static final String EVENT = "event";
  private static final Set<String> WRITTEN_ANEW = Set.of("timestamp", LEVEL, EVENT, "logger");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String function;

  FunctionOutput(String function) {
    this.function = function;
  }

  void line(String line) {
    JsonNode json = parsed(line);
    if (json == null) {
      log.atInfo()
          .addKeyValue("function", function)
          .addKeyValue("text", line)
          .log("function_output");
      return;
    }
    if (MetricLine.is(json)) {
      metrics.info(line);
      return;
    }
    LoggingEventBuilder event =
        log.atLevel(level(json).orElse(Level.INFO)).addKeyValue("function", function);
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!WRITTEN_ANEW.contains(field.getKey())) {
        event =
            event.addKeyValue(field.getKey(), JSON.convertValue(field.getValue(), Object.class));
      }
    }
    event.log(json.path(EVENT).asText("function_output"));
  }

  private static @Nullable JsonNode parsed(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      return json.isObject() ? json : null;
    } catch (JsonProcessingException text) {
      return null;
    }
  }

  private static Optional<Level> level(JsonNode json) {
    String name = json.path(LEVEL).asText();
    return Arrays.stream(Level.values()).filter(l -> l.name().equalsIgnoreCase(name)).findAny();
  }
}
