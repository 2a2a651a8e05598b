package io.roomlog.local.queues;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message in a queue, with its receipts. Its queue guards it. */
final class StoredMessage {
  final OutgoingMessage content;
  final SentMessage sent;
  final @Nullable String deduplicationId;
  final Instant sentAt;
  private Instant visibleAt;
  private @Nullable Instant firstReceivedAt;
  private @Nullable String receiptHandle;
  private int receiveCount;

  StoredMessage(
      OutgoingMessage content,
      SentMessage sent,
      @Nullable String deduplicationId,
      Instant sentAt,
      Instant visibleAt) {
    this.content = content;
    this.sent = sent;
    this.deduplicationId = deduplicationId;
    this.sentAt = sentAt;
    this.visibleAt = visibleAt;
  }

  boolean isVisible(Instant now) {
    return !now.isBefore(visibleAt);
  }

  /** Received, and hidden until it is deleted or comes back. */
  boolean isInFlight(Instant now) {
    return receiptHandle != null && !isVisible(now);
  }

  boolean hasReceipt(String handle) {
    return handle.equals(receiptHandle);
  }

  int receiveCount() {
    return receiveCount;
  }

  void hideUntil(Instant instant) {
    visibleAt = instant;
  }

  ReceivedMessage receive(String handle, Instant now, Instant hiddenUntil) {
    receiveCount++;
    receiptHandle = handle;
    visibleAt = hiddenUntil;
    var first = firstReceivedAt == null ? now : firstReceivedAt;
    firstReceivedAt = first;
    return new ReceivedMessage(
        sent.messageId(),
        handle,
        content.body(),
        content.groupId(),
        deduplicationId,
        sent.sequenceNumber(),
        content.attributes(),
        sentAt,
        first,
        receiveCount);
  }
}
