package io.roomlog.local.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.local.functions.Functions.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads which messages of a batch a function has handled, as Lambda does
 * (docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html).
 *
 * <p>With {@code ReportBatchItemFailures}, a null or empty answer and a null or empty list are full
 * success; an answer that is not JSON, a null or empty identifier, a wrong key name and an
 * identifier of no message of the batch are full failure. Without it, any answer is full success.
 */
final class QueueAnswer {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private QueueAnswer() {}

  /** The messages that are handled and can be deleted. */
  static List<ReceivedMessage> handled(
      Outcome outcome, List<ReceivedMessage> batch, boolean reportsItemFailures) {
    return switch (outcome) {
      case Outcome.Failed _, Outcome.TimedOut _ -> List.of();
      case Outcome.Returned(var payload) -> reportsItemFailures ? handled(payload, batch) : batch;
    };
  }

  private static List<ReceivedMessage> handled(String payload, List<ReceivedMessage> batch) {
    JsonNode answer;
    try {
      answer = JSON.readTree(payload);
    } catch (JsonProcessingException e) {
      return List.of();
    }
    if (answer.isMissingNode() || answer.isNull()) {
      return batch;
    }
    if (!answer.isObject()) {
      return List.of();
    }
    var failures = answer.path("batchItemFailures");
    if (failures.isMissingNode() || failures.isNull()) {
      return batch;
    }
    return failures.isArray() ? withoutFailures(failures, batch) : List.of();
  }

  private static List<ReceivedMessage> withoutFailures(
      JsonNode failures, List<ReceivedMessage> batch) {
    Set<String> known = batch.stream().map(ReceivedMessage::messageId).collect(Collectors.toSet());
    var failed = new HashSet<String>();
    for (var failure : failures) {
      var identifier = failure.path("itemIdentifier").asText("");
      if (!known.contains(identifier)) {
        return List.of();
      }
      failed.add(identifier);
    }
    return batch.stream().filter(message -> !failed.contains(message.messageId())).toList();
  }
}
