package io.roomlog.local.queues;

import org.jspecify.annotations.Nullable;

/**
 * A user's attribute of a message. One of the values is set, by its type.
 *
 * @param dataType {@code String}, {@code Number} or {@code Binary}, perhaps with a suffix after a
 *     dot
 * @param stringValue the value of a string or number
 * @param binaryValue the value of a binary, in Base64
 */
public record MessageAttribute(
    String dataType, @Nullable String stringValue, @Nullable String binaryValue) {

  /**
   * Checks that type and value fit.
   *
   * @throws RefusedException if they do not
   */
  public MessageAttribute {
    boolean binary = dataType.startsWith("Binary");
    boolean text = dataType.startsWith("String") || dataType.startsWith("Number");
    if (!binary && !text) {
      throw new RefusedException(
          "InvalidParameterValue",
          "message attribute of DataType %s; it is String, Number or Binary".formatted(dataType));
    }
    if ((binary ? binaryValue : stringValue) == null) {
      throw new RefusedException(
          "InvalidParameterValue",
          "message attribute of DataType %s without a value".formatted(dataType));
    }
  }
}
