package io.roomlog.local.gateway;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Tells the paths of a stage apart: its own, where clients connect, and {@code @connections}.
 * Beside the stage there are the operator's view and the page.
 */
final class StageHandler extends Handler.Abstract.NonBlocking {

  /** The longest URL that API Gateway takes, in characters; here its path and query. */
  static final int URL_CHARACTERS_MAX = 4096;

  private final String stagePath;
  private final Handshake handshake;
  private final ConnectionsApi connectionsApi;
  private final OperatorEndpoint operator;
  private final PageEndpoint page;
  private final AccountThrottle throttle;
  private final StageThrottle stageThrottle;
  private final Answers answers;
  private volatile boolean closed;

  StageHandler(
      String stage,
      Handshake handshake,
      ConnectionsApi connectionsApi,
      OperatorEndpoint operator,
      PageEndpoint page,
      AccountThrottle throttle,
      StageThrottle stageThrottle,
      Answers answers) {
    this.stagePath = "/" + stage;
    this.handshake = handshake;
    this.connectionsApi = connectionsApi;
    this.operator = operator;
    this.page = page;
    this.throttle = throttle;
    this.stageThrottle = stageThrottle;
    this.answers = answers;
  }

  /** Lets no new client in from now on; {@code @connections} goes on. */
  void close() {
    closed = true;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    Optional<String> connectionId = connectionId(request.getHttpURI().getDecodedPath());
    if (request.getHttpURI().getPathQuery().length() > URL_CHARACTERS_MAX) {
      answers.error(ApiError.URI_TOO_LONG, "Request-URI Too Long", response, callback);
    } else if (connectionId.isPresent()) {
      connectionsApi.handle(request, response, callback, connectionId.get());
    } else if (path.equals(stagePath) || path.equals(stagePath + "/")) {
      connect(request, response, callback);
    } else if (operator.is(path)) {
      operator.handle(request, response, callback);
    } else if (page.is(path)) {
      page.handle(path, request, response, callback);
    } else {
      answers.error(ApiError.FORBIDDEN, "Forbidden", response, callback);
    }
    return true;
  }

  private void connect(Request request, Response response, Callback callback) {
    if (closed) {
      answers.error(ApiError.SERVICE_UNAVAILABLE, "Service Unavailable", response, callback);
    } else if (!handshake.isUpgrade(request)) {
      response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
      answers.error(ApiError.UPGRADE_REQUIRED, "Upgrade Required", response, callback);
    } else if (!stageThrottle.admits() || !throttle.admits()) {
      answers.error(ApiError.LIMIT_EXCEEDED, "Too Many Requests", response, callback);
    } else {
      handshake.begin(request, response, callback);
    }
  }

  /** The id in a decoded path: callers write {@code =} and {@code @} raw or percent-encoded. */
  private Optional<String> connectionId(String decodedPath) {
    String prefix = stagePath + "/@connections/";
    return decodedPath.startsWith(prefix) && decodedPath.length() > prefix.length()
        ? Optional.of(decodedPath.substring(prefix.length()))
        : Optional.empty();
  }
}
