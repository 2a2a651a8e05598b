package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.BanStore;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.handlers.identity.Identity;
import io.roomlog.handlers.identity.Verb;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code $connect}: joins the rooms that the query names, before the handshake is answered. */
public final class Connect
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

  private static final int FORBIDDEN = 403;

  private static final Logger log = LoggerFactory.getLogger(Connect.class);

  private final Membership membership;
  private final BanStore bans;
  private final InstantSource clock;
  private final Metrics metrics;

  /** For Lambda. */
  public Connect() {
    this(Wiring.environment());
    Wiring.prime(rehearsing -> Rehearsals.connect(new Connect(rehearsing)));
  }

  /** For everybody else. */
  public Connect(Map<String, String> environment) {
    this(
        Wiring.membership(environment),
        Wiring.bans(environment),
        InstantSource.system(),
        Wiring.metrics(environment));
  }

  /** On memberships, which nobody measures. */
  public Connect(Membership membership, InstantSource clock) {
    this(membership, BanStore.none(), clock, Metrics.none());
  }

  /** On memberships and bans, which nobody measures. */
  public Connect(Membership membership, BanStore bans, InstantSource clock) {
    this(membership, bans, clock, Metrics.none());
  }

  private Connect(Membership membership, BanStore bans, InstantSource clock, Metrics metrics) {
    this.membership = membership;
    this.bans = bans;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, @Nullable Context context) {
    try {
      APIGatewayV2WebSocketResponse response = answer(event);
      metrics.count(
          response.getStatusCode() == Answers.OK
              ? Metric.CONNECTIONS_OPENED
              : Metric.CONNECTS_REFUSED);
      return response;
    } finally {
      metrics.flush();
    }
  }

  private APIGatewayV2WebSocketResponse answer(APIGatewayV2WebSocketEvent event) {
    String connectionId = event.getRequestContext().getConnectionId();
    if (Subprotocols.dialect(event.getHeaders()).isEmpty()) {
      return refused(
          connectionId,
          new Refusal(
              ErrorCode.INVALID_FIELD, "subprotocols are offered without " + Subprotocols.ROOMLOG));
    }
    return switch (ConnectRequest.parse(event.getQueryStringParameters())) {
      case Refusal refusal -> refused(connectionId, refusal);
      case ConnectRequest.Accepted request -> join(event.getRequestContext(), request);
    };
  }

  private APIGatewayV2WebSocketResponse join(
      RequestContext context, ConnectRequest.Accepted request) {
    Instant now = clock.instant();
    Identity identity = Identity.of(context);
    // The authorizer has looked at the same rooms; a deployment may have lost it on the way.
    if (request.rooms().stream()
        .anyMatch(room -> identity.denial(room, Verb.JOIN, now).isPresent())) {
      log.atWarn().addKeyValue("connectionId", context.getConnectionId()).log("connect_denied");
      return Answers.status(403);
    }
    Connection connection = identity.connection(context, now);
    List<Member> joined = joinAll(request.rooms(), connection);
    Optional<Instant> banned = banned(request.rooms(), connection);
    if (banned.isPresent()) {
      joined.forEach(membership::prune);
      refused(connection.id(), new Refusal(ErrorCode.FORBIDDEN, Banned.reason(banned.get())));
      return Answers.status(FORBIDDEN);
    }
    log.atInfo()
        .addKeyValue("connectionId", connection.id())
        .addKeyValue("dialect", connection.dialect().stored())
        .addKeyValue("rooms", request.rooms().stream().map(RoomName::value).toList())
        .log("connected");
    return accepted(connection.dialect());
  }

  /** The gateway echoes a subprotocol only if this function names it. */
  private static APIGatewayV2WebSocketResponse accepted(Dialect dialect) {
    APIGatewayV2WebSocketResponse response = Answers.ok();
    if (dialect == Dialect.ROOMLOG) {
      response.setHeaders(Map.of(Subprotocols.HEADER, Subprotocols.ROOMLOG));
    }
    return response;
  }

  /**
   * Looked at after registering: whoever bans looks for the rows that are there after the ban is,
   * so one of the two meets the other. The authorizer could look only before, and once is enough.
   */
  private Optional<Instant> banned(List<RoomName> rooms, Connection connection) {
    List<Optional<RoomName>> asked =
        Stream.concat(Stream.of(Optional.<RoomName>empty()), rooms.stream().map(Optional::of))
            .toList();
    return asked.stream()
        .gather(Gatherers.mapConcurrent(asked.size(), bans::bans))
        .flatMap(each -> each.at(clock.instant()).of(connection.sender()).stream())
        .max(Comparator.naturalOrder());
  }

  /** At once, since one after another ten rooms on a slow day would outlast the handshake. */
  private List<Member> joinAll(List<RoomName> rooms, Connection connection) {
    return rooms.stream()
        .gather(Gatherers.mapConcurrent(rooms.size(), room -> membership.join(room, connection)))
        .toList();
  }

  private static APIGatewayV2WebSocketResponse refused(String connectionId, Refusal refusal) {
    log.atWarn()
        .addKeyValue("connectionId", connectionId)
        .addKeyValue("code", refusal.code().code())
        .addKeyValue("reason", refusal.message())
        .log("connect_refused");
    return Answers.status(400);
  }
}
