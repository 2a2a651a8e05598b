package io.roomlog.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Writes HTTP answers as API Gateway writes them. */
final class Answers {

  static final String ERROR_TYPE = "x-amzn-ErrorType";
  static final String JSON_TYPE = "application/json";
  static final String REQUEST_ID = "x-amzn-RequestId";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Ids ids;

  Answers(Ids ids) {
    this.ids = ids;
  }

  /** An answer without a body. */
  void empty(int status, Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(REQUEST_ID, ids.nextUuid());
    response.write(true, BufferUtil.EMPTY_BUFFER, callback);
  }

  /** An answer of JSON. */
  void json(int status, String json, Response response, Callback callback) {
    body(status, JSON_TYPE, json, response, callback);
  }

  /** An answer of some type. */
  void body(int status, String type, String body, Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(REQUEST_ID, ids.nextUuid());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
  }

  /** An error with a body of {@code {"message":…}}. */
  void error(ApiError error, String message, Response response, Callback callback) {
    response.getHeaders().put(ERROR_TYPE, error.type());
    refuse(error.status(), message, response, callback);
  }

  /** A handshake's refusal with a status that a function chose. */
  void refuse(int status, String message, Response response, Callback callback) {
    String body = JSON.createObjectNode().put("message", message).toString();
    json(status, body, response, callback);
  }

  /** An error whose body is empty, as that of a 410 is. */
  void bareError(ApiError error, Response response, Callback callback) {
    response.getHeaders().put(ERROR_TYPE, error.type());
    empty(error.status(), response, callback);
  }
}
