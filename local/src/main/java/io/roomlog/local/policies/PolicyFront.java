package io.roomlog.local.policies;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before a service and refuses what the caller's policies do not allow, with the answer that
 * the service gives on AWS. What is malformed goes through, so that the error is the service's own.
 */
public final class PolicyFront extends Handler.Wrapper {
  private static final String TARGET = "X-Amz-Target";
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";

  /** DynamoDB takes requests of up to 16 MB, SQS of less. */
  private static final int REQUEST_BYTES_MAX = 16 * 1024 * 1024;

  private final Policies policies;
  private final Service service;

  private PolicyFront(Handler behind, Policies policies, Service service) {
    super(behind);
    this.policies = policies;
    this.service = service;
  }

  /**
   * Puts policies before DynamoDB.
   *
   * @param region the region that the policies' ARNs name
   * @param account the account that they name
   */
  public static PolicyFront ofDynamoDb(
      Handler behind, Policies policies, String region, String account) {
    return new PolicyFront(behind, policies, new DynamoDbCalls(region, account));
  }

  /**
   * Puts policies before SQS.
   *
   * @param region the region that the policies' ARNs name
   * @param account the account that they name
   */
  public static PolicyFront ofSqs(
      Handler behind, Policies policies, String region, String account) {
    return new PolicyFront(behind, policies, new SqsCalls(region, account));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String target = request.getHeaders().get(TARGET);
    Optional<String> accessKey = AccessKey.of(request);
    if (target == null || accessKey.isEmpty()) {
      return super.handle(request, response, callback);
    }
    byte[] body = Content.Source.asInputStream(request).readNBytes(REQUEST_BYTES_MAX + 1);
    if (body.length > REQUEST_BYTES_MAX) {
      Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
      return true;
    }
    Optional<Refusal> refusal = refusal(accessKey.get(), target, body);
    if (refusal.isPresent()) {
      refuse(response, refusal.get(), callback);
      return true;
    }
    return super.handle(new Replayed(request, body), response, callback);
  }

  private Optional<Refusal> refusal(String accessKey, String target, byte[] body) {
    try {
      return policies.refusal(accessKey, service.calls(target, body));
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  private void refuse(Response response, Refusal refusal, Callback callback) {
    Service.Denial denial = service.denial();
    String json =
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", "com.amazon.coral.service#AccessDeniedException")
            .put(denial.messageField(), refusal.message())
            .toString();
    response.setStatus(denial.status());
    denial.headers().forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
    response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
    response.write(true, ByteBuffer.wrap(json.getBytes(UTF_8)), callback);
  }
}
