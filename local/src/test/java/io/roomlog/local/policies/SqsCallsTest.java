package io.roomlog.local.policies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqsCallsTest {
  private static final String BY_URL =
      "{'QueueUrl':'https://sqs.eu-west-1.amazonaws.com/000000000000/jobs.fifo'}";

  private final SqsCalls calls = new SqsCalls("eu-west-1", "000000000000");

  @ParameterizedTest
  @CsvSource({
    "SendMessage, SendMessage",
    "SendMessageBatch, SendMessage",
    "ReceiveMessage, ReceiveMessage",
    "DeleteMessageBatch, DeleteMessage",
    "ChangeMessageVisibilityBatch, ChangeMessageVisibility",
    "GetQueueAttributes, GetQueueAttributes"
  })
  void aBatchNeedsTheActionOfOneMessage(String operation, String action) throws Exception {
    assertThat(calls.calls("AmazonSQS." + operation, json(BY_URL)))
        .containsExactly(new Call("sqs:" + action, "arn:aws:sqs:eu-west-1:000000000000:jobs.fifo"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'QueueName':'jobs'}|arn:aws:sqs:eu-west-1:000000000000:jobs",
        "{'QueueUrl':'http://127.0.0.1:4566/000000000000/jobs'}|arn:aws:sqs:eu-west-1:000000000000:jobs",
        "{'QueueUrl':'jobs'}|arn:aws:sqs:eu-west-1:000000000000:jobs",
        "{}|*"
      },
      quoteCharacter = '"')
  void aQueueIsNamedByItsUrlOrItsName(String request, String resource) throws Exception {
    assertThat(calls.calls("AmazonSQS.GetQueueUrl", json(request)))
        .containsExactly(new Call("sqs:GetQueueUrl", resource));
  }

  private static byte[] json(String quoted) {
    return quoted.replace('\'', '"').getBytes(UTF_8);
  }
}
