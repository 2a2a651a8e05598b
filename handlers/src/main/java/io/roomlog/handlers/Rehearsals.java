package io.roomlog.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import io.roomlog.core.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * One whole event for each route, for instances that reach nothing ({@link
 * io.roomlog.core.snapshot.Priming}).
 */
final class Rehearsals {

  private static final String ROOM = "rehearsal";
  private static final String CONNECTION = "rehearsal";

  private Rehearsals() {}

  /** What every route of frames is. */
  private interface Route
      extends RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {}

  static void send(Send route) {
    frame(route::handleRequest, "\"action\":\"send\",\"id\":\"a\",\"data\":{\"text\":\"hello\"}");
    frame(route::handleRequest, "\"action\":\"send\",\"data\":\"hello\"");
  }

  static void systemSend(SystemSend function) throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(frame("\"id\":\"a\",\"data\":\"hello\"").getBytes(UTF_8)),
        result,
        null);
    String answer = result.toString(UTF_8);
    if (!Json.parse(answer).orElseThrow().path("type").asText().equals("ack")) {
      throw new IllegalStateException("not rehearsed: " + answer);
    }
  }

  static void sendMessage(SendMessage route) {
    frame(route::handleRequest, "\"action\":\"sendmessage\",\"data\":\"hello\"");
  }

  static void join(Join route) {
    frame(route::handleRequest, "\"action\":\"join\",\"after\":0");
  }

  static void leave(Leave route) {
    frame(route::handleRequest, "\"action\":\"leave\"");
  }

  static void history(History route) {
    frame(route::handleRequest, "\"action\":\"history\"");
  }

  static void sync(Sync route) {
    frame(route::handleRequest, "\"action\":\"sync\",\"rooms\":{\"rehearsal\":0}");
  }

  static void connect(Connect route) {
    APIGatewayV2WebSocketEvent event = event();
    event.setHeaders(Map.of(Subprotocols.HEADER, Subprotocols.ROOMLOG));
    event.setQueryStringParameters(Map.of("room", ROOM, "name", "rehearsal"));
    route.handleRequest(event, null);
  }

  static void disconnect(Disconnect route) {
    route.handleRequest(Map.of("requestContext", Map.of("connectionId", CONNECTION)), null);
  }

  /** A connection without a token, which is let in or refused, as the deployment has it. */
  static void authorize(Authorizer authorizer) {
    APIGatewayCustomAuthorizerEvent event = new APIGatewayCustomAuthorizerEvent();
    event.setMethodArn("arn:aws:execute-api:us-east-1:000000000000:rehearsal/Prod/$connect");
    event.setHeaders(Map.of(Subprotocols.HEADER, Subprotocols.ROOMLOG));
    event.setQueryStringParameters(Map.of("room", ROOM, "name", "rehearsal"));
    try {
      authorizer.handleRequest(event, null);
    } catch (Unauthorized withoutToken) {
      // That is the right answer where tokens are asked for.
    }
  }

  private static void frame(Route route, String fields) {
    APIGatewayV2WebSocketEvent event = event();
    event.setBody(frame(fields));
    APIGatewayV2WebSocketResponse response = route.handleRequest(event, null);
    if (response.getBody() != null) {
      check(response.getBody());
    }
  }

  private static String frame(String fields) {
    return "{\"ref\":1,\"room\":\"" + ROOM + "\"," + fields + "}";
  }

  private static void check(String answer) {
    if (isUnavailable(answer)) {
      throw new IllegalStateException("not rehearsed: " + answer);
    }
  }

  private static boolean isUnavailable(String body) {
    return Json.parse(body).map(answer -> answer.path("temporary").asBoolean()).orElse(true);
  }

  private static APIGatewayV2WebSocketEvent event() {
    RequestContext context = new RequestContext();
    context.setConnectionId(CONNECTION);
    context.setRouteKey("rehearsal");
    context.setConnectedAt(Instant.EPOCH.toEpochMilli());
    context.setAuthorizer(
        Map.of("sender", "rehearsal", "name", "rehearsal", "room", ROOM, "dialect", "roomlog.v1"));
    APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
    event.setRequestContext(context);
    return event;
  }
}
