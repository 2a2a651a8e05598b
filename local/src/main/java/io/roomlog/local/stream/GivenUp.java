package io.roomlog.local.stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.local.functions.Functions.Outcome;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the on-failure destination gets of a batch that is given up: which records it were,
 * not the records
 * (docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html#dynamodb-on-failure-destination-console).
 */
final class GivenUp {
  private static final int OK = 200;

  private GivenUp() {}

  /** Why a batch is given up, by the names of AWS. */
  enum Condition {
    RETRY_ATTEMPTS_EXHAUSTED("RetryAttemptsExhausted"),
    RECORD_AGE_EXCEEDED("RecordAgeExceeded");

    private final String text;

    Condition(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * Where the batch came from and where it went.
   *
   * @param functionArn the function that was, or would have been, invoked
   */
  record Route(String functionArn, String streamArn, String shardId) {}

  static String render(Route route, Batch batch, Condition condition, UUID requestId, Instant now) {
    var json = JsonNodeFactory.instance.objectNode();
    json.putObject("requestContext")
        .put("requestId", requestId.toString())
        .put("functionArn", route.functionArn())
        .put("condition", condition.text())
        .put("approximateInvokeCount", batch.invocations());
    if (batch.lastOutcome() != null) {
      json.set("responseContext", response(batch.lastOutcome()));
    }
    json.put("version", "1.0");
    json.put("timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString());
    json.set("DDBStreamBatchInfo", batchInfo(route, batch));
    return json.toString();
  }

  private static ObjectNode response(Outcome outcome) {
    @Nullable String functionError =
        switch (outcome) {
          case Outcome.Returned _ -> null;
          case Outcome.Failed _, Outcome.TimedOut _ -> "Unhandled";
        };
    return JsonNodeFactory.instance
        .objectNode()
        .put("statusCode", OK)
        .put("executedVersion", "$LATEST")
        .put("functionError", functionError);
  }

  private static ObjectNode batchInfo(Route route, Batch batch) {
    var numbers = batch.sequenceNumbers().stream().sorted(Comparator.naturalOrder()).toList();
    return JsonNodeFactory.instance
        .objectNode()
        .put("shardId", route.shardId())
        .put("startSequenceNumber", numbers.getFirst().digits())
        .put("endSequenceNumber", numbers.getLast().digits())
        .put("approximateArrivalOfFirstRecord", arrival(batch.first()))
        .put("approximateArrivalOfLastRecord", arrival(batch.last()))
        .put("batchSize", batch.size())
        .put("streamArn", route.streamArn());
  }

  private static String arrival(Arrival arrival) {
    return DateTimeFormatter.ISO_INSTANT.format(
        arrival.record().createdAt().truncatedTo(ChronoUnit.SECONDS));
  }
}
