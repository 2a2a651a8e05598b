package io.roomlog.local.stream;

import java.io.IOException;
import java.util.List;
import software.amazon.event.ruler.Machine;

/**
 * A mapping's filter criteria: a record passes if one of the patterns matches it
 * (docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html). The matcher is AWS's own
 * open-source one, so that a pattern means here what it means there.
 */
public final class EventFilter {
  private final Machine patterns = Machine.builder().build();

  /**
   * Compiles patterns; with none, everything passes.
   *
   * @throws IllegalArgumentException if a pattern is none, with its text and what is wrong
   */
  public EventFilter(List<String> patterns) {
    for (var pattern : patterns) {
      try {
        this.patterns.addRule(pattern, pattern);
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "filter pattern %s: %s".formatted(pattern, e.getMessage()), e);
      }
    }
  }

  /**
   * Whether a record goes into the function.
   *
   * @param json the record as the function would get it
   */
  public boolean passes(String json) {
    try {
      return patterns.isEmpty() || !patterns.rulesForJSONEvent(json).isEmpty();
    } catch (Exception e) {
      throw new IllegalArgumentException("not a JSON event: " + e.getMessage(), e);
    }
  }
}
