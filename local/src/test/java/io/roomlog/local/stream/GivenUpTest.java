package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.local.functions.Functions.Outcome;
import io.roomlog.local.stream.GivenUp.Condition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GivenUpTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final GivenUp.Route ROUTE =
      new GivenUp.Route(Deployments.FUNCTION_ARN, Records.STREAM, "shardId-00000001");
  private static final UUID REQUEST = UUID.fromString("316aa6d0-8154-4a11-9af7-85d5f4a6bc81");
  private static final Instant NOW = Instant.parse("2026-01-01T00:02:03.456789Z");

  @Test
  void theMessageHasTheFieldsAndFormsOfTheOneThatAwsShows() throws Exception {
    var batch =
        new Batch(Records.arrivals(7, 9), 1, 2, null).invoked(new Outcome.Failed("Error", "no"));
    assertThat(render(batch, Condition.RETRY_ATTEMPTS_EXHAUSTED))
        .isEqualTo(
            """
            {"requestContext":{"requestId":"316aa6d0-8154-4a11-9af7-85d5f4a6bc81",\
            "functionArn":"arn:aws:lambda:eu-central-1:000000000000:function:fan-out",\
            "condition":"RetryAttemptsExhausted","approximateInvokeCount":3},\
            "responseContext":{"statusCode":200,"executedVersion":"$LATEST",\
            "functionError":"Unhandled"},\
            "version":"1.0","timestamp":"2026-01-01T00:02:03.456Z",\
            "DDBStreamBatchInfo":{"shardId":"shardId-00000001",\
            "startSequenceNumber":"000000000000000000007",\
            "endSequenceNumber":"000000000000000000009",\
            "approximateArrivalOfFirstRecord":"2026-01-01T00:00:00Z",\
            "approximateArrivalOfLastRecord":"2026-01-01T00:00:00Z",\
            "batchSize":3,\
            "streamArn":"arn:aws:dynamodb:eu-central-1:000000000000:table/messages/stream/2026-01-01T00:00:00.000"}}\
            """);
  }

  @Test
  void aBatchTooOldToBeInvokedHasNoResponse() throws Exception {
    var json = JSON.readTree(render(Records.batch(1, 1), Condition.RECORD_AGE_EXCEEDED));
    assertThat(json.at("/requestContext/condition").asText()).isEqualTo("RecordAgeExceeded");
    assertThat(json.at("/requestContext/approximateInvokeCount").asInt()).isZero();
    assertThat(json.has("responseContext")).isFalse();
  }

  @Test
  void aBatchWhoseFunctionReportedFailuresHasNoFunctionError() throws Exception {
    var batch = Records.batch(1, 1).invoked(new Outcome.Returned("{}"));
    var response =
        JSON.readTree(render(batch, Condition.RETRY_ATTEMPTS_EXHAUSTED)).get("responseContext");
    assertThat(response.get("functionError").isNull()).isTrue();
  }

  @Test
  void aTimeoutIsAFunctionError() throws JsonProcessingException {
    var batch = Records.batch(1, 1).invoked(new Outcome.TimedOut());
    var json = JSON.readTree(render(batch, Condition.RETRY_ATTEMPTS_EXHAUSTED));
    assertThat(json.at("/responseContext/functionError").asText()).isEqualTo("Unhandled");
  }

  @Test
  void theNumbersAreTheLowestAndTheHighestAlsoOutOfOrder() throws Exception {
    var batch = Batch.fresh(List.of(Records.arrival(5), Records.arrival(3), Records.arrival(4)));
    var info =
        JSON.readTree(render(batch, Condition.RECORD_AGE_EXCEEDED)).get("DDBStreamBatchInfo");
    assertThat(info.get("startSequenceNumber").asText()).isEqualTo(Records.number(3).digits());
    assertThat(info.get("endSequenceNumber").asText()).isEqualTo(Records.number(5).digits());
  }

  private static String render(Batch batch, Condition condition) {
    return GivenUp.render(ROUTE, batch, condition, REQUEST, NOW);
  }
}
