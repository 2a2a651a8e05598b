package io.roomlog.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.local.deployment.Api;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides a handshake: the authorizer first, then {@code $connect}, both optional
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html).
 */
final class Admission {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

  /** Whether a client gets its connection. */
  sealed interface Decision {
    /**
     * It does: 101.
     *
     * @param client what is known of it, with what the authorizer said
     * @param subprotocol the subprotocol that {@code $connect} chose, or null
     */
    record Admitted(Client client, @Nullable String subprotocol) implements Decision {}

    /**
     * It does not.
     *
     * @param status the HTTP status it gets instead
     * @param message the message beside it
     */
    record Refused(int status, String message) implements Decision {}
  }

  private final Api api;
  private final Events events;
  private final Integration integration;
  private final Authorizer authorizer;

  Admission(Api api, Events events, Integration integration, InstantSource clock) {
    this.api = api;
    this.events = events;
    this.integration = integration;
    this.authorizer = new Authorizer(integration, events, clock);
  }

  Decision decide(Client client, HandshakeRequest request) throws InterruptedException {
    Optional<Api.Route> route = api.route(RouteSelector.CONNECT);
    if (route.isEmpty()) {
      return new Decision.Admitted(client, null);
    }
    String function = route.get().authorizer();
    if (function == null) {
      return connect(route.get(), client, request);
    }
    return switch (authorizer.ask(function, client, request)) {
      case Authorizer.Verdict.Allowed(Map<String, Object> context) ->
          connect(route.get(), client.authorizedAs(context), request);
      case Authorizer.Verdict.Unauthorized() -> new Decision.Refused(401, "Unauthorized");
      case Authorizer.Verdict.Denied() ->
          new Decision.Refused(403, "User is not authorized to access this resource");
      case Authorizer.Verdict.Broken() -> new Decision.Refused(500, "Internal server error");
    };
  }

  private Decision connect(Api.Route route, Client client, HandshakeRequest request)
      throws InterruptedException {
    return switch (integration.call(route.function(), events.connect(client, request))) {
      case Integration.Result.Answered(String payload) -> answered(client, payload);
      case Integration.Result.Failed _ -> new Decision.Refused(502, "Internal server error");
      case Integration.Result.TimedOut() -> new Decision.Refused(504, "Endpoint request timed out");
    };
  }

  private static Decision answered(Client client, String payload) {
    JsonNode answer;
    try {
      answer = JSON.readTree(payload);
    } catch (JsonProcessingException e) {
      return new Decision.Refused(502, "Internal server error");
    }
    int status = answer.path("statusCode").asInt(0);
    if (status >= 200 && status < 300) {
      return new Decision.Admitted(client, subprotocol(answer));
    }
    if (status < 300 || status > 599) {
      return new Decision.Refused(502, "Internal server error");
    }
    return new Decision.Refused(status, status == 403 ? "Forbidden" : "Connection refused");
  }

  private static @Nullable String subprotocol(JsonNode answer) {
    for (Map.Entry<String, JsonNode> header : answer.path("headers").properties()) {
      if (SUBPROTOCOL.equalsIgnoreCase(header.getKey()) && header.getValue().isTextual()) {
        return header.getValue().textValue();
      }
    }
    return null;
  }
}
