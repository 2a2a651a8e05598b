package io.roomlog.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;

/**
 * The form of a filter pattern: a JSON object whose leaves are lists of what matches
 * (docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html). What the lists hold is the
 * filter's own affair.
 */
final class FilterPattern {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private FilterPattern() {}

  /** What is wrong with a pattern, if anything is. */
  static Optional<String> fault(String pattern) {
    try {
      JsonNode root = JSON.readTree(pattern);
      return root.isObject() && !root.isEmpty()
          ? fault("", root)
          : Optional.of("it is no JSON object with a key");
    } catch (JsonProcessingException e) {
      return Optional.of("it is no JSON: " + e.getOriginalMessage());
    }
  }

  private static Optional<String> fault(String path, JsonNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = path + field.getKey();
      JsonNode value = field.getValue();
      Optional<String> fault =
          value.isObject()
              ? fault(name + ".", value)
              : Optional.of(name + " is " + value + ", not a list of what matches")
                  .filter(_ -> !value.isArray() || value.isEmpty());
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }
}
