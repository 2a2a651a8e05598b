package io.roomlog.local.queues;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html).
 *
 * @param body 1 byte to 1 MiB of UTF-8, attributes included
 * @param groupId its message group; a FIFO queue demands one
 * @param deduplicationId its deduplication id (FIFO only), or null
 * @param delay how long it is hidden at first, or null for as long as the queue says
 * @param attributes its user's attributes, by name, at most 10
 */
public record OutgoingMessage(
    String body,
    @Nullable String groupId,
    @Nullable String deduplicationId,
    @Nullable Duration delay,
    Map<String, MessageAttribute> attributes) {
  /** The largest message, with its attributes. */
  static final int BYTES_MAX = 1024 * 1024;

  static final int ATTRIBUTES_MAX = 10;
  private static final int ID_CHARACTERS_MAX = 128;

  /**
   * Checks what does not depend on the queue.
   *
   * @throws RefusedException if SQS would refuse it on any queue
   */
  public OutgoingMessage {
    attributes = Map.copyOf(attributes);
    checkId("MessageGroupId", groupId);
    checkId("MessageDeduplicationId", deduplicationId);
    if (body.isEmpty()) {
      throw new RefusedException("MissingParameter", "MessageBody is empty");
    }
    if (attributes.size() > ATTRIBUTES_MAX) {
      throw new RefusedException(
          "InvalidParameterValue",
          "%d message attributes; the limit is %d".formatted(attributes.size(), ATTRIBUTES_MAX));
    }
    int bytes = bytes(body, attributes);
    if (bytes > BYTES_MAX) {
      throw new RefusedException(
          "InvalidParameterValue",
          "message of %d bytes; the limit is %d".formatted(bytes, BYTES_MAX));
    }
  }

  /** A message with a body only. */
  public static OutgoingMessage of(String body) {
    return new OutgoingMessage(body, null, null, null, Map.of());
  }

  /** A message to a group of a FIFO queue. */
  public static OutgoingMessage of(String body, String groupId, String deduplicationId) {
    return new OutgoingMessage(body, groupId, deduplicationId, null, Map.of());
  }

  private static void checkId(String field, @Nullable String id) {
    if (id != null && (id.isEmpty() || id.length() > ID_CHARACTERS_MAX || !isPrintable(id))) {
      throw new RefusedException(
          "InvalidParameterValue",
          "%s of %d characters; it has 1 to %d letters, digits or punctuation"
              .formatted(field, id.length(), ID_CHARACTERS_MAX));
    }
  }

  private static boolean isPrintable(String id) {
    return id.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static int bytes(String body, Map<String, MessageAttribute> attributes) {
    int bytes = utf8(body);
    for (var attribute : attributes.entrySet()) {
      var value = attribute.getValue();
      bytes += utf8(attribute.getKey()) + utf8(value.dataType());
      bytes += utf8(value.stringValue()) + utf8(value.binaryValue());
    }
    return bytes;
  }

  private static int utf8(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }
}
