package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.wire.Json;
import java.time.Instant;
import java.util.Map;

/**
 * Asks two-way routes as one connection.
 *
 * @param connectionId as the gateway names it
 * @param connectedAt when it connected
 */
record TwoWayFrames(String connectionId, Instant connectedAt) {

  JsonNode ask(
      RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> route,
      String frame) {
    return Json.parse(route.handleRequest(event(frame), null).getBody()).orElseThrow();
  }

  APIGatewayV2WebSocketEvent event(String frame) {
    RequestContext context = new RequestContext();
    context.setConnectionId(connectionId);
    context.setConnectedAt(connectedAt.toEpochMilli());
    context.setRouteKey("route");
    context.setAuthorizer(
        Map.of("sender", "ann", "name", "Ann", "room", "lobby", "dialect", "roomlog.v1"));
    APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
    event.setRequestContext(context);
    event.setBody(frame);
    return event;
  }
}
