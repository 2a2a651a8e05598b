package io.roomlog.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.local.functions.Functions.Outcome;
import io.roomlog.local.stream.Verdict.AllDone;
import io.roomlog.local.stream.Verdict.AllFailed;
import io.roomlog.local.stream.Verdict.FailedFrom;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a function's answer as Lambda does
 * (docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
 *
 * <p>With {@code ReportBatchItemFailures}, a null or empty answer and a null or empty list are full
 * success; a null or empty identifier and a wrong key name are full failure; of several identifiers
 * the lowest sequence number counts. The page is silent about an identifier that is not in the
 * batch and about an answer of another form: both are full failure here, which repeats records but
 * never skips one. Without it, any answer is full success.
 */
final class BatchAnswer {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private BatchAnswer() {}

  static Verdict read(Outcome outcome, Batch batch, boolean reportsItemFailures) {
    return switch (outcome) {
      case Outcome.Failed(var errorType, _) -> new AllFailed(errorType);
      case Outcome.TimedOut() -> new AllFailed("timed out");
      case Outcome.Returned(var payload) ->
          reportsItemFailures ? read(payload, batch) : new AllDone();
    };
  }

  private static Verdict read(String payload, Batch batch) {
    JsonNode answer;
    try {
      answer = JSON.readTree(payload);
    } catch (JsonProcessingException e) {
      return new AllFailed("the answer is not JSON");
    }
    if (answer.isMissingNode() || answer.isNull()) {
      return new AllDone();
    }
    if (!answer.isObject()) {
      return new AllFailed("the answer is no object");
    }
    var failures = answer.path("batchItemFailures");
    if (failures.isMissingNode() || failures.isNull()) {
      return new AllDone();
    }
    if (!failures.isArray()) {
      return new AllFailed("batchItemFailures is no list");
    }
    return failures.isEmpty() ? new AllDone() : lowest(failures, batch);
  }

  private static Verdict lowest(JsonNode failures, Batch batch) {
    Map<String, SequenceNumber> known = new HashMap<>();
    batch
        .arrivals()
        .forEach(each -> known.put(each.sequenceNumber().digits(), each.sequenceNumber()));
    @Nullable SequenceNumber lowest = null;
    for (var failure : failures) {
      var identifier = failure.path("itemIdentifier");
      var failed = identifier.isTextual() ? known.get(identifier.textValue()) : null;
      if (failed == null) {
        return new AllFailed("batchItemFailures names no record of the batch: " + identifier);
      }
      lowest = lowest == null || failed.compareTo(lowest) < 0 ? failed : lowest;
    }
    return lowest == null ? new AllDone() : new FailedFrom(lowest);
  }
}
