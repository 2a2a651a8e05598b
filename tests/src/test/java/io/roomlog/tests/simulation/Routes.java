package io.roomlog.tests.simulation;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.wire.Json;
import io.roomlog.handlers.Authorizer;
import io.roomlog.handlers.Connect;
import io.roomlog.handlers.Disconnect;
import io.roomlog.handlers.History;
import io.roomlog.handlers.Join;
import io.roomlog.handlers.Leave;
import io.roomlog.handlers.Send;
import io.roomlog.handlers.SendMessage;
import io.roomlog.handlers.Sync;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The functions behind the routes, in one execution environment. */
final class Routes {

  private static final int OK = 200;

  private final Environment environment;
  private final Authorizer authorizer = Authorizer.anonymous();
  private final Connect connect;
  private final Disconnect disconnect;
  private final Map<
          String, RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse>>
      messages;

  Routes(
      Environment environment,
      LogStore log,
      Membership membership,
      Parts parts,
      Retention retention,
      RandomGenerator random) {
    this.environment = environment;
    InstantSource clock = environment.clock();
    RoomLog writers = new RoomLog(log, retention, clock, random, environment.pause());
    RoomLog readers = new RoomLog(log, parts.readersClock(clock), random, environment.pause());
    this.connect = new Connect(membership, clock);
    this.disconnect = new Disconnect(membership);
    this.messages =
        Map.of(
            "send", new Send(writers),
            "sendmessage", new SendMessage(writers),
            "join", new Join(readers, membership, clock),
            "leave", new Leave(membership),
            "history", new History(readers),
            "sync", new Sync(readers, membership, clock));
  }

  /** Environments that wait for the next event; one serves one event at a time. */
  static final class Environments {
    private final Supplier<Routes> start;
    private final Deque<Routes> idle = new ArrayDeque<>();

    Environments(Supplier<Routes> start) {
      this.start = start;
    }

    Routes take() {
      return idle.isEmpty() ? start.get() : idle.removeFirst();
    }

    void giveBack(Routes routes) {
      if (!routes.environment.isDead()) {
        idle.addFirst(routes);
      }
    }
  }

  String name() {
    return environment.name();
  }

  /** The handshake: who it is, and whether it may. */
  boolean connect(Line line) {
    environment.point("authorizer");
    Map<String, String> headers = Map.of("Sec-WebSocket-Protocol", "roomlog.v1");
    Map<String, String> query =
        Map.of(
            "room", line.device().rooms().getFirst(),
            "name", line.device().name(),
            "client", line.device().name());
    APIGatewayCustomAuthorizerEvent asked =
        APIGatewayCustomAuthorizerEvent.builder()
            .withHeaders(headers)
            .withQueryStringParameters(query)
            .withMethodArn("arn")
            .build();
    line.identify(authorizer.handleRequest(asked, null).getContext());
    APIGatewayV2WebSocketEvent event = event(line, "$connect");
    event.setHeaders(headers);
    event.setQueryStringParameters(query);
    boolean accepted = connect.handleRequest(event, null).getStatusCode() == OK;
    environment.point("connect done");
    return accepted;
  }

  /** A frame, and its answer if the route has one. */
  Optional<String> message(Line line, String frame) {
    environment.point("event");
    String action = Json.parse(frame).map(json -> json.path("action").asText()).orElse("");
    var route = messages.get(action);
    if (route == null) {
      throw new AssertionError("no route for " + frame);
    }
    APIGatewayV2WebSocketEvent event = event(line, action);
    event.setBody(frame);
    Optional<String> answer = Optional.ofNullable(route.handleRequest(event, null).getBody());
    environment.point("answer");
    return answer;
  }

  /** The connection has ended. */
  boolean disconnect(Line line) {
    environment.point("disconnect");
    Map<String, Object> request = Map.of("connectionId", line.id(), "disconnectStatusCode", 1006);
    return disconnect.handleRequest(Map.of("requestContext", request), null).getStatusCode() == OK;
  }

  private static APIGatewayV2WebSocketEvent event(Line line, String route) {
    APIGatewayV2WebSocketEvent.RequestContext context =
        new APIGatewayV2WebSocketEvent.RequestContext();
    context.setConnectionId(line.id());
    context.setRouteKey(route);
    context.setConnectedAt(line.connectedAt());
    context.setAuthorizer(line.identity());
    APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
    event.setRequestContext(context);
    return event;
  }
}
