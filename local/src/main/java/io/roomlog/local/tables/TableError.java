package io.roomlog.local.tables;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.StringJoiner;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An error of DynamoDB in the form in which an SDK reads it
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html).
 *
 * @param status of the HTTP answer
 * @param body its JSON
 */
record TableError(int status, ObjectNode body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAMESPACE = "com.amazonaws.dynamodb.v20120810#";
  private static final String CONFLICT = "Transaction is ongoing for the item";

  static TableError throttled() {
    return of(
        HttpStatus.BAD_REQUEST_400,
        "ProvisionedThroughputExceededException",
        "The level of configured provisioned throughput for the table was exceeded."
            + " Consider increasing your provisioning level with the UpdateTable API.");
  }

  static TableError internal() {
    return of(
        HttpStatus.INTERNAL_SERVER_ERROR_500,
        "InternalServerError",
        "The request processing has failed because of an unknown error, exception or failure.");
  }

  static TableError conflict() {
    return of(HttpStatus.BAD_REQUEST_400, "TransactionConflictException", CONFLICT);
  }

  /**
   * The end of a transaction whose first item is part of another; there is a reason for each item,
   * in the order of the request (API_TransactWriteItems.html).
   *
   * @param request the transaction's JSON
   * @throws IOException if it is no JSON
   */
  static TableError cancelled(InputStream request) throws IOException {
    int items = JSON.readTree(request).path("TransactItems").size();
    ObjectNode body = JSON.createObjectNode();
    body.put("__type", NAMESPACE + "TransactionCanceledException");
    var reasons = body.putArray("CancellationReasons");
    var codes = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < items; i++) {
      String code = i == 0 ? "TransactionConflict" : "None";
      codes.add(code);
      ObjectNode reason = reasons.addObject().put("Code", code);
      if (i == 0) {
        reason.put("Message", CONFLICT);
      }
    }
    body.put(
        "Message",
        "Transaction cancelled, please refer cancellation reasons for specific reasons " + codes);
    return new TableError(HttpStatus.BAD_REQUEST_400, body);
  }

  private static TableError of(int status, String type, String message) {
    ObjectNode body = JSON.createObjectNode();
    return new TableError(status, body.put("__type", NAMESPACE + type).put("message", message));
  }

  void write(Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
    response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
    response.write(true, ByteBuffer.wrap(body.toString().getBytes(UTF_8)), callback);
  }
}
