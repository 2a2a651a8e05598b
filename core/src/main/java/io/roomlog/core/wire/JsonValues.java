package io.roomlog.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Which JSON values are taken as data: those that every reader reads alike (RFC 7493, I-JSON).
 * Distinct keys are {@link Json}'s part.
 */
public final class JsonValues {

  /** How deep a value may be nested; a number or a string is 0 deep, {@code [1]} is 1 deep. */
  public static final int DEPTH_MAX = 32;

  private JsonValues() {}

  /**
   * What is wrong with a value.
   *
   * @return e.g. {@code is nested deeper than 32}; empty if nothing is
   */
  public static Optional<String> fault(JsonNode value) {
    return fault(value, 0);
  }

  private static Optional<String> fault(JsonNode value, int depth) {
    if (value.isTextual()) {
      return ill(value.textValue());
    }
    if (value.isNumber()) {
      return isDouble(value)
          ? Optional.empty()
          : Optional.of("has a number outside the range of an IEEE double");
    }
    if (value.isContainerNode() && depth == DEPTH_MAX) {
      return Optional.of("is nested deeper than " + DEPTH_MAX);
    }
    return value
        .propertyStream()
        .map(property -> ill(property.getKey()))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> inside(value, depth));
  }

  private static Optional<String> inside(JsonNode container, int depth) {
    return container
        .valueStream()
        .map(child -> fault(child, depth + 1))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> ill(String text) {
    return Json.isWellFormed(text) ? Optional.empty() : Optional.of("has half a surrogate pair");
  }

  /** Neither too large for a double nor so small that it would become 0. */
  private static boolean isDouble(JsonNode number) {
    double nearest = number.doubleValue();
    return Double.isFinite(nearest) && (nearest != 0 || number.decimalValue().signum() == 0);
  }
}
