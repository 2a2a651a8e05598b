package io.roomlog.local.queues;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The messages that a FIFO queue has accepted lately, by deduplication id
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html).
 * A message stays known for the whole interval, also when it was received and deleted.
 */
final class Deduplication {
  /** The deduplication interval of SQS. */
  static final Duration INTERVAL = Duration.ofMinutes(5);

  /** In the order of acceptance, so that the oldest come first. */
  private final Map<String, Accepted> accepted = new LinkedHashMap<>();

  private record Accepted(SentMessage message, Instant at) {}

  /** What was accepted under an id within the interval. */
  Optional<SentMessage> find(String id, Instant now) {
    accepted.values().removeIf(each -> !now.isBefore(each.at().plus(INTERVAL)));
    return Optional.ofNullable(accepted.get(id)).map(Accepted::message);
  }

  void accept(String id, SentMessage message, Instant now) {
    accepted.put(id, new Accepted(message, now));
  }
}
