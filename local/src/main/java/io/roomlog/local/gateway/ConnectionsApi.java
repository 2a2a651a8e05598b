package io.roomlog.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code @connections} API: what backends call to post to a client, to ask about a connection
 * and to close one
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html).
 *
 * <p>A post's 200 says that the frame was taken for the client, not that the client has it.
 */
final class ConnectionsApi {

  private static final Logger log = LoggerFactory.getLogger(ConnectionsApi.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MISSING_TOKEN = "Missing Authentication Token";

  private final String stage;
  private final String resourcePrefix;
  private final Connections connections;
  private final CallPermissions permissions;
  private final AccountThrottle throttle;
  private final Faults faults;
  private final Answers answers;

  ConnectionsApi(
      String stage,
      String resourcePrefix,
      Connections connections,
      CallPermissions permissions,
      AccountThrottle throttle,
      Faults faults,
      Answers answers) {
    this.stage = stage;
    this.resourcePrefix = resourcePrefix;
    this.connections = connections;
    this.permissions = permissions;
    this.throttle = throttle;
    this.faults = faults;
    this.answers = answers;
  }

  /** Answers one call. */
  void handle(Request request, Response response, Callback callback, String connectionId) {
    switch (Signature.of(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
      case Signature.Missing() ->
          answers.error(ApiError.MISSING_AUTHENTICATION_TOKEN, MISSING_TOKEN, response, callback);
      case Signature.Incomplete() ->
          answers.error(
              ApiError.INCOMPLETE_SIGNATURE,
              "Authorization header is not an AWS4-HMAC-SHA256 signature for execute-api",
              response,
              callback);
      case Signature.Signed(String accessKeyId) ->
          authorize(accessKeyId, request, response, callback, connectionId);
    }
  }

  private void authorize(
      String accessKeyId,
      Request request,
      Response response,
      Callback callback,
      String connectionId) {
    String method = request.getMethod();
    String arn = resourcePrefix + "/" + method + "/@connections/" + connectionId;
    var call = new CallPermissions.Call(method, stage, connectionId, arn);
    switch (permissions.decide(accessKeyId, call)) {
      case CallPermissions.Decision.Denied(String message) ->
          answers.error(ApiError.FORBIDDEN, message, response, callback);
      case CallPermissions.Decision.Allowed() -> {
        if (throttle.admits()) {
          call(method, connectionId, request, response, callback);
        } else {
          answers.error(ApiError.LIMIT_EXCEEDED, "Too Many Requests", response, callback);
        }
      }
    }
  }

  private void call(
      String method, String connectionId, Request request, Response response, Callback callback) {
    switch (method) {
      case "POST" ->
          BoundedBody.read(
              request,
              MessageAssembler.MESSAGE_BYTES_MAX,
              body -> post(connectionId, body, response, callback));
      case "GET" -> get(connectionId, response, callback);
      case "DELETE" -> delete(connectionId, response, callback);
      default ->
          answers.error(ApiError.MISSING_AUTHENTICATION_TOKEN, MISSING_TOKEN, response, callback);
    }
  }

  private void post(
      String connectionId, BoundedBody.Body body, Response response, Callback callback) {
    switch (body) {
      case BoundedBody.Body.Broken(Throwable cause) -> callback.failed(cause);
      case BoundedBody.Body.TooLarge() ->
          answers.error(ApiError.PAYLOAD_TOO_LARGE, "Message too long", response, callback);
      case BoundedBody.Body.Whole(ByteBuffer text) when !isUtf8(text) ->
          // A text frame of anything else would make the client close the connection.
          answers.error(ApiError.BAD_REQUEST, "Data is not valid UTF-8", response, callback);
      case BoundedBody.Body.Whole(ByteBuffer text) -> {
        Optional<Fault> fault = faults.onPost(connectionId);
        if (fault.isPresent()) {
          strike(fault.get(), connectionId, text, response, callback);
        } else {
          post(connectionId, text, response, callback);
        }
      }
    }
  }

  private void post(String connectionId, ByteBuffer text, Response response, Callback callback) {
    SendBuffer.Offer offer = send(connectionId, text);
    log.atDebug()
        .addKeyValue("connectionId", connectionId)
        .addKeyValue("bytes", text.remaining())
        .addKeyValue("offer", offer)
        .log("post");
    switch (offer) {
      case TAKEN -> answers.empty(200, response, callback);
      case CLOSED -> answers.bareError(ApiError.GONE, response, callback);
      case FULL ->
          answers.error(
              ApiError.LIMIT_EXCEEDED, "The client's send buffer is full", response, callback);
    }
  }

  private static boolean isUtf8(ByteBuffer text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(text.duplicate());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private SendBuffer.Offer send(String connectionId, ByteBuffer text) {
    return connections
        .find(connectionId)
        .map(connection -> connection.send(text))
        .orElse(SendBuffer.Offer.CLOSED);
  }

  private void strike(
      Fault fault, String connectionId, ByteBuffer text, Response response, Callback callback) {
    switch (fault) {
      case POST_GONE -> answers.bareError(ApiError.GONE, response, callback);
      case POST_THROTTLED ->
          answers.error(ApiError.LIMIT_EXCEEDED, "Too Many Requests", response, callback);
      case POST_FAILED ->
          answers.error(ApiError.INTERNAL, "Internal server error", response, callback);
      case POST_DELIVERED_YET_FAILED -> {
        send(connectionId, text);
        answers.error(ApiError.INTERNAL, "Internal server error", response, callback);
      }
      case POST_HANGS -> log.atDebug().addKeyValue("connectionId", connectionId).log("post_hangs");
      case CONNECTION_VANISHES -> {
        connections.find(connectionId).ifPresent(Connection::vanish);
        answers.empty(200, response, callback);
      }
      case DISCONNECT_DROPPED -> throw new IllegalStateException(fault + " is no fault of a post");
    }
  }

  private void get(String connectionId, Response response, Callback callback) {
    Optional<Connection> connection = connections.find(connectionId);
    if (connection.isEmpty()) {
      answers.bareError(ApiError.GONE, response, callback);
      return;
    }
    Client client = connection.get().client();
    ObjectNode json = JSON.createObjectNode();
    json.put("connectedAt", client.connectedAt().toString());
    ObjectNode identity = json.putObject("identity").put("sourceIp", client.sourceIp());
    if (client.userAgent() != null) {
      identity.put("userAgent", client.userAgent());
    }
    json.put("lastActiveAt", connection.get().lastActiveAt().toString());
    answers.json(200, json.toString(), response, callback);
  }

  private void delete(String connectionId, Response response, Callback callback) {
    Optional<Connection> connection = connections.find(connectionId);
    if (connection.isEmpty()) {
      answers.bareError(ApiError.GONE, response, callback);
      return;
    }
    connection.get().close(Disconnection.NORMAL);
    answers.empty(204, response, callback);
  }
}
