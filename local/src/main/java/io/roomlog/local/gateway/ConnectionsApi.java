package io.roomlog.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The {@code @connections} API: what backends call to post to a client, to ask about a connection
 * and to close one
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html).
 */
final class ConnectionsApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MISSING_TOKEN = "Missing Authentication Token";

  private final String stage;
  private final String resourcePrefix;
  private final Connections connections;
  private final CallPermissions permissions;
  private final AccountThrottle throttle;
  private final Posts posts;
  private final Answers answers;

  ConnectionsApi(
      String stage,
      String resourcePrefix,
      Connections connections,
      CallPermissions permissions,
      AccountThrottle throttle,
      Posts posts,
      Answers answers) {
    this.stage = stage;
    this.resourcePrefix = resourcePrefix;
    this.connections = connections;
    this.permissions = permissions;
    this.throttle = throttle;
    this.posts = posts;
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
              body -> posts.post(connectionId, body, response, callback));
      case "GET" -> get(connectionId, response, callback);
      case "DELETE" -> delete(connectionId, response, callback);
      default ->
          answers.error(ApiError.MISSING_AUTHENTICATION_TOKEN, MISSING_TOKEN, response, callback);
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
