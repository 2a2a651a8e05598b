package io.roomlog.local.policies;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An AWS service whose requests are JSON and name their operation in {@code X-Amz-Target}. */
interface Service {
  /**
   * What policies must allow for a request.
   *
   * @param target the header {@code X-Amz-Target}, e.g. {@code DynamoDB_20120810.PutItem}
   * @param body the request's JSON
   * @throws IOException if the body is no JSON
   */
  List<Call> calls(String target, byte[] body) throws IOException;

  /** The form in which it refuses a request. */
  Denial denial();

  /**
   * How a service tells that a call is not allowed.
   *
   * @param status of the HTTP answer
   * @param messageField the member of the answer's JSON that has the message
   * @param headers beside those of every answer
   */
  record Denial(int status, String messageField, Map<String, String> headers) {}
}
