package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.metrics.Metrics;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code leave}: takes the connection out of a room. It may still read it and send to it. */
public final class Leave
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

  private static final Logger log = LoggerFactory.getLogger(Leave.class);

  private final Membership membership;
  private final Metrics metrics;

  /** For Lambda. */
  public Leave() {
    this(Wiring.environment());
    Wiring.prime(rehearsing -> Rehearsals.leave(new Leave(rehearsing)));
  }

  /** For everybody else. */
  public Leave(Map<String, String> environment) {
    this(Wiring.membershipToLeave(environment), Wiring.metrics(environment));
  }

  /** On memberships, which nobody measures. */
  public Leave(Membership membership) {
    this(membership, Metrics.none());
  }

  private Leave(Membership membership, Metrics metrics) {
    this.membership = membership;
    this.metrics = metrics;
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, @Nullable Context context) {
    String connectionId = event.getRequestContext().getConnectionId();
    return Reply.to(event, metrics, (fields, _) -> leave(fields, connectionId));
  }

  private ObjectNode leave(Fields fields, String connectionId) {
    RoomName room = fields.room();
    if (!membership.leave(room, connectionId)) {
      throw new Refused(ErrorCode.NOT_A_MEMBER, "room is one that the connection is not in");
    }
    log.atInfo()
        .addKeyValue("connectionId", connectionId)
        .addKeyValue("room", room.value())
        .log("left");
    return fields.answer("left").put("room", room.value());
  }
}
