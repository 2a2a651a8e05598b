package io.roomlog.local.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues as the SDK's {@code SqsClient} talks to them: the AWS JSON 1.0 protocol, in which
 * every request is a POST whose {@code X-Amz-Target} names the action. It takes requests with such
 * a target and leaves all others to the next handler. It checks no signature; policies stand before
 * it.
 *
 * <p>A receive may wait up to 20 s in its thread, so the server's threads should be virtual.
 */
public final class SqsEndpoint extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(SqsEndpoint.class);

  /** A message of 1 MiB whose every character is escaped, and room for the rest. */
  static final int REQUEST_BYTES_MAX = 8 * 1024 * 1024;

  private static final String TARGET_HEADER = "X-Amz-Target";
  private static final String TARGET_PREFIX = "AmazonSQS.";
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SqsActions actions;

  /** Serves queues. */
  public SqsEndpoint(Queues queues) {
    this.actions = new SqsActions(queues);
  }

  /** Whether a request is one to SQS. */
  public static boolean isFor(Request request) {
    var target = request.getHeaders().get(TARGET_HEADER);
    return target != null && target.startsWith(TARGET_PREFIX);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback)
      throws InterruptedException, IOException {
    if (!isFor(request)) {
      return false;
    }
    var action = request.getHeaders().get(TARGET_HEADER).substring(TARGET_PREFIX.length());
    try {
      write(response, HttpStatus.OK_200, perform(action, request), callback);
    } catch (RefusedException e) {
      log.atDebug()
          .addKeyValue("action", action)
          .addKeyValue("code", e.code())
          .addKeyValue("reason", e.getMessage())
          .log("queue_request_refused");
      refuse(response, e, callback);
    }
    return true;
  }

  private ObjectNode perform(String action, Request request)
      throws InterruptedException, IOException {
    var uri = request.getHttpURI();
    var base = "%s://%s".formatted(uri.getScheme(), uri.getAuthority());
    return actions.perform(action, read(request), base);
  }

  private static SqsRequest read(Request request) throws IOException {
    byte[] body = Content.Source.asInputStream(request).readNBytes(REQUEST_BYTES_MAX + 1);
    if (body.length > REQUEST_BYTES_MAX) {
      throw new RefusedException(
          "InvalidParameterValue",
          "request over the limit of %d bytes".formatted(REQUEST_BYTES_MAX));
    }
    try {
      return new SqsRequest(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      throw new RefusedException("SerializationException", "the request is not JSON");
    }
  }

  /** The SDK finds the exception by the type, and the error's older code in the header. */
  private static void refuse(Response response, RefusedException refused, Callback callback)
      throws IOException {
    var code =
        refused.code().equals("QueueDoesNotExist")
            ? "AWS.SimpleQueueService.NonExistentQueue"
            : refused.code();
    response.getHeaders().put("x-amzn-query-error", code + ";Sender");
    var json = JSON.createObjectNode();
    json.put("__type", "com.amazonaws.sqs#" + refused.code());
    json.put("message", refused.getMessage());
    write(response, HttpStatus.BAD_REQUEST_400, json, callback);
  }

  private static void write(Response response, int status, ObjectNode json, Callback callback)
      throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
    response.write(true, ByteBuffer.wrap(JSON.writeValueAsBytes(json)), callback);
  }
}
