package io.roomlog.local.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Reads from a request to SQS what a policy must allow
 * (docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html).
 *
 * <p>A batch needs the action of one message: there is no {@code sqs:SendMessageBatch}.
 */
final class SqsCalls implements Service {
  private static final String BATCH = "Batch";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String queues;

  /**
   * Reads requests of a region and an account.
   *
   * @param region e.g. {@code us-east-1}
   * @param account 12 digits
   */
  SqsCalls(String region, String account) {
    this.queues = "arn:aws:sqs:" + region + ":" + account + ":";
  }

  /** The older code in the header is the one that the SDKs make their exception's code of. */
  @Override
  public Denial denial() {
    return new Denial(
        HttpStatus.FORBIDDEN_403, "message", Map.of("x-amzn-query-error", "AccessDenied;Sender"));
  }

  @Override
  public List<Call> calls(String target, byte[] body) throws IOException {
    String operation = target.substring(target.lastIndexOf('.') + 1);
    String action =
        operation.endsWith(BATCH)
            ? operation.substring(0, operation.length() - BATCH.length())
            : operation;
    return List.of(new Call("sqs:" + action, resource(JSON.readTree(body))));
  }

  /** A URL ends in the queue's name; only a queue that is asked for by name comes without one. */
  private String resource(JsonNode request) {
    if (request.has("QueueUrl")) {
      String url = request.path("QueueUrl").asText();
      return queues + url.substring(url.lastIndexOf('/') + 1);
    }
    return request.has("QueueName") ? queues + request.path("QueueName").asText() : "*";
  }
}
