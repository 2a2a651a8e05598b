package io.roomlog.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.local.deployment.Api;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a client's frames to the functions of their routes. Each frame is an invocation of its own:
 * two frames of one client run at the same time, in no order.
 */
final class MessageDispatch {

  private static final Logger log = LoggerFactory.getLogger(MessageDispatch.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RouteSelector routes;
  private final Events events;
  private final Integration integration;
  private final AccountThrottle throttle;
  private final StageThrottle stageThrottle;
  private final Ids ids;
  private final ExecutorService executor;

  MessageDispatch(
      RouteSelector routes,
      Events events,
      Integration integration,
      AccountThrottle throttle,
      StageThrottle stageThrottle,
      Ids ids,
      ExecutorService executor) {
    this.routes = routes;
    this.events = events;
    this.integration = integration;
    this.throttle = throttle;
    this.stageThrottle = stageThrottle;
    this.ids = ids;
    this.executor = executor;
  }

  /** Routes a frame and returns at once; what there is to answer is sent when it is known. */
  void dispatch(Connection connection, String frame, Runnable whenDone) {
    executor.execute(
        () -> {
          try {
            route(connection, frame);
          } catch (InterruptedException e) {
            log.atWarn()
                .addKeyValue("connectionId", connection.client().connectionId())
                .log("message_interrupted");
            Thread.currentThread().interrupt();
          } finally {
            whenDone.run();
          }
        });
  }

  private void route(Connection connection, String frame) throws InterruptedException {
    String requestId = ids.next();
    Optional<Api.Route> route = routes.select(frame);
    log.atDebug()
        .addKeyValue("connectionId", connection.client().connectionId())
        .addKeyValue("routeKey", route.map(Api.Route::key).orElse("none"))
        .addKeyValue("bytes", frame.getBytes(StandardCharsets.UTF_8).length)
        .addKeyValue("requestId", requestId)
        .log("message");
    if (!stageThrottle.admits() || !throttle.admits()) {
      answer(connection, requestId, ErrorFrame.TOO_MANY_REQUESTS);
      return;
    }
    if (route.isEmpty()) {
      answer(connection, requestId, ErrorFrame.FORBIDDEN);
      return;
    }
    call(connection, route.get(), requestId, frame);
  }

  private void call(Connection connection, Api.Route route, String requestId, String frame)
      throws InterruptedException {
    String event = events.message(connection.client(), route.key(), requestId, frame);
    switch (integration.call(route.function(), event)) {
      case Integration.Result.Answered(String payload) -> {
        if (route.twoWay()) {
          body(payload).ifPresent(body -> send(connection, body));
        }
      }
      case Integration.Result.Failed _ ->
          answer(connection, requestId, ErrorFrame.INTERNAL_SERVER_ERROR);
      case Integration.Result.TimedOut() ->
          answer(connection, requestId, ErrorFrame.ENDPOINT_REQUEST_TIMED_OUT);
    }
  }

  private static Optional<String> body(String payload) {
    try {
      JsonNode body = JSON.readTree(payload).path("body");
      return body.isTextual() ? Optional.of(body.textValue()) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static void answer(Connection connection, String requestId, ErrorFrame frame) {
    send(connection, frame.text(connection.client().connectionId(), requestId));
  }

  private static void send(Connection connection, String text) {
    SendBuffer.Offer offer = connection.send(StandardCharsets.UTF_8.encode(text));
    if (offer != SendBuffer.Offer.TAKEN) {
      log.atWarn()
          .addKeyValue("connectionId", connection.client().connectionId())
          .addKeyValue("offer", offer)
          .log("answer_dropped");
    }
  }
}
