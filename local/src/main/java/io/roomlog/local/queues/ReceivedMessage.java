package io.roomlog.local.queues;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as its receiver gets it.
 *
 * @param messageId its id
 * @param receiptHandle names this receipt: what deletes it
 * @param body its text
 * @param groupId its message group, or null
 * @param deduplicationId its deduplication id, or null
 * @param sequenceNumber where it stands in its FIFO queue, or null
 * @param attributes its user's attributes
 * @param sentAt when it was sent
 * @param firstReceivedAt when it was received first
 * @param receiveCount how often it was received, this time included
 */
public record ReceivedMessage(
    String messageId,
    String receiptHandle,
    String body,
    @Nullable String groupId,
    @Nullable String deduplicationId,
    @Nullable String sequenceNumber,
    Map<String, MessageAttribute> attributes,
    Instant sentAt,
    Instant firstReceivedAt,
    int receiveCount) {

  /** Copies what is given. */
  public ReceivedMessage {
    attributes = Map.copyOf(attributes);
  }
}
