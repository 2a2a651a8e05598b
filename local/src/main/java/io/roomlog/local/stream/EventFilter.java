package io.roomlog.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import software.amazon.event.ruler.Machine;

/**
 * A mapping's filter criteria: a record passes if one of the patterns matches it
 * (docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html). The matcher is AWS's own
 * open-source one, so that a pattern means here what it means there; the operators that it knows
 * and that page does not are refused.
 */
public final class EventFilter {
  /** The longest pattern of the Lambda API reference ({@code Filter}). */
  static final int PATTERN_CHARACTERS_MAX = 4_096;

  private static final Set<String> OPERATORS =
      Set.of("exists", "prefix", "suffix", "anything-but", "numeric", "equals-ignore-case");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Machine patterns = Machine.builder().build();

  /**
   * Compiles patterns; with none, everything passes.
   *
   * @throws IllegalArgumentException if a pattern is none, with its text and what is wrong
   */
  public EventFilter(List<String> patterns) {
    for (var pattern : patterns) {
      try {
        check(pattern);
        this.patterns.addRule(pattern, pattern);
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "filter pattern %s: %s".formatted(pattern, e.getMessage()), e);
      }
    }
  }

  private static void check(String pattern) throws IOException {
    if (pattern.length() > PATTERN_CHARACTERS_MAX) {
      throw new IllegalArgumentException(
          "filter pattern of %d characters; the limit is %d"
              .formatted(pattern.length(), PATTERN_CHARACTERS_MAX));
    }
    checkOperators(pattern, JSON.readTree(pattern));
  }

  /** An object in a list is an operator, except in the list of {@code $or}. */
  private static void checkOperators(String pattern, JsonNode node) {
    for (var field : node.properties()) {
      var value = field.getValue();
      if (value.isObject()) {
        checkOperators(pattern, value);
      }
      for (var element : value.isArray() ? value : List.<JsonNode>of()) {
        if (field.getKey().equals("$or")) {
          checkOperators(pattern, element);
        } else {
          checkOperator(pattern, element);
        }
      }
    }
  }

  private static void checkOperator(String pattern, JsonNode element) {
    for (var operator : element.properties()) {
      if (!OPERATORS.contains(operator.getKey())) {
        throw new IllegalArgumentException(
            "filter pattern %s: \"%s\" is no operator of Lambda's event filtering, which knows %s"
                .formatted(pattern, operator.getKey(), OPERATORS.stream().sorted().toList()));
      }
    }
  }

  /**
   * Whether a record goes into the function.
   *
   * @param json the record as the function would get it
   * @throws IllegalArgumentException if it is no JSON object
   */
  public boolean passes(String json) {
    try {
      return patterns.isEmpty() || !patterns.rulesForJSONEvent(json).isEmpty();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON event: " + e.getOriginalMessage(), e);
    } catch (Exception e) {
      // The matcher declares Exception; what it throws of it on an event is about JSON.
      throw new IllegalArgumentException("not an event: " + e.getMessage(), e);
    }
  }
}
