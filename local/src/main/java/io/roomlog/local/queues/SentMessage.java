package io.roomlog.local.queues;

import org.jspecify.annotations.Nullable;

/**
 * What a queue answers a sender. A repeat within the deduplication interval gets the first
 * message's answer.
 *
 * @param messageId the message's id
 * @param sequenceNumber where it stands in its FIFO queue, or null in a standard one
 */
public record SentMessage(String messageId, @Nullable String sequenceNumber) {}
