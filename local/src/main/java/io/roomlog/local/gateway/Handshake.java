package io.roomlog.local.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.exception.WebSocketException;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds an upgrade request until the authorizer and {@code $connect} have answered. Until then the
 * connection does not exist: nothing can be posted to it, and nothing it sends is read.
 */
final class Handshake {

  private static final Logger log = LoggerFactory.getLogger(Handshake.class);

  private final Admission admission;
  private final Connection.Listener listener;
  private final WebSocketMappings upgrades;
  private final GatewayConfiguration configuration;
  private final Ids ids;
  private final Answers answers;
  private final ExecutorService executor;

  Handshake(
      Admission admission,
      Connection.Listener listener,
      WebSocketMappings upgrades,
      GatewayConfiguration configuration,
      Ids ids,
      Answers answers,
      ExecutorService executor) {
    this.admission = admission;
    this.listener = listener;
    this.upgrades = upgrades;
    this.configuration = configuration;
    this.ids = ids;
    this.answers = answers;
    this.executor = executor;
  }

  /** Whether a request asks for an upgrade that can be granted. */
  boolean isUpgrade(Request request) {
    return request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")
        && request.getHeaders().contains(HttpHeader.SEC_WEBSOCKET_KEY)
        && upgrades.getHandshaker().isWebSocketUpgradeRequest(request);
  }

  /** Decides the request on a thread of its own and answers it then. */
  void begin(Request request, Response response, Callback callback) {
    InstantSource clock = configuration.clock();
    Instant now = clock.instant();
    Client client =
        new Client(
            ids.next(),
            now,
            domainName(request),
            Request.getRemoteAddr(request),
            request.getHeaders().get(HttpHeader.USER_AGENT),
            Map.of());
    HandshakeRequest seen;
    try {
      seen = HandshakeRequest.of(request, ids.nextTrace(now.getEpochSecond()));
    } catch (IllegalArgumentException e) {
      answers.error(ApiError.BAD_REQUEST, "Bad Request", response, callback);
      return;
    }
    executor.execute(() -> decide(client, seen, request, response, callback));
  }

  private void decide(
      Client client, HandshakeRequest seen, Request request, Response response, Callback callback) {
    try {
      switch (admission.decide(client, seen)) {
        case Admission.Decision.Admitted(Client admitted, String subprotocol) -> {
          if (subprotocol != null) {
            response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, subprotocol);
          }
          upgrade(admitted, request, response, callback);
        }
        case Admission.Decision.Refused(int status, String message) -> {
          log.atInfo()
              .addKeyValue("connectionId", client.connectionId())
              .addKeyValue("status", status)
              .log("connection_refused");
          answers.refuse(status, message, response, callback);
        }
      }
    } catch (InterruptedException e) {
      answers.error(ApiError.SERVICE_UNAVAILABLE, "Service Unavailable", response, callback);
      Thread.currentThread().interrupt();
    }
  }

  private void upgrade(Client client, Request request, Response response, Callback callback) {
    Connection connection =
        new Connection(client, listener, configuration.clock(), configuration.sendBufferBytes());
    listener.admitted(connection);
    try {
      boolean upgraded =
          upgrades.upgrade(
              (_, _, _) -> new FrameReader(connection),
              request,
              response,
              // The client may have left meanwhile. What $connect did must be undone then, too.
              Callback.from(callback::succeeded, failure -> lost(connection, failure, callback)),
              Handshake::configure);
      if (!upgraded) {
        connection.finish(Disconnection.ABNORMAL);
        answers.error(ApiError.BAD_REQUEST, "Bad Request", response, callback);
      }
    } catch (WebSocketException e) {
      lost(connection, e, callback);
    }
  }

  private static void lost(Connection connection, Throwable failure, Callback callback) {
    callback.failed(failure);
    connection.finish(Disconnection.ABNORMAL);
  }

  private static String domainName(Request request) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    return host == null ? Request.getServerName(request) : host;
  }

  private static void configure(Configuration session) {
    session.setIdleTimeout(Duration.ZERO);
    session.setAutoFragment(false);
    session.setMaxFrameSize(MessageAssembler.REFUSED_FRAME_BYTES_MAX);
  }
}
