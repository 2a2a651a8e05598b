package io.roomlog.local.queues;

import io.roomlog.local.deployment.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What a queue demands of a message
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html).
 */
final class Acceptance {
  private Acceptance() {}

  /**
   * The id under which a FIFO queue knows a message; null on a standard queue, which knows none.
   *
   * @throws RefusedException if the queue demands what the message lacks, or the reverse
   */
  static @Nullable String deduplicationId(OutgoingMessage message, Queue queue) {
    return queue.fifo() ? forFifo(message, queue) : forStandard(message, queue);
  }

  private static @Nullable String forStandard(OutgoingMessage message, Queue queue) {
    if (message.deduplicationId() != null) {
      throw new RefusedException(
          "InvalidParameterValue",
          "MessageDeduplicationId is for FIFO queues; %s is none".formatted(queue.name()));
    }
    return null;
  }

  private static String forFifo(OutgoingMessage message, Queue queue) {
    if (message.groupId() == null) {
      throw new RefusedException(
          "MissingParameter",
          "MessageGroupId is missing; the FIFO queue %s demands one".formatted(queue.name()));
    }
    if (message.delay() != null) {
      throw new RefusedException(
          "InvalidParameterValue",
          "DelaySeconds of a message is for standard queues; %s is none".formatted(queue.name()));
    }
    if (message.deduplicationId() != null) {
      return message.deduplicationId();
    }
    if (!queue.contentBasedDeduplication()) {
      throw new RefusedException(
          "InvalidParameterValue",
          "MessageDeduplicationId is missing, and %s has no ContentBasedDeduplication"
              .formatted(queue.name()));
    }
    return Digests.sha256(message.body());
  }
}
