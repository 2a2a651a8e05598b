package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.Receipt;
import io.roomlog.core.log.RoomLog;
import io.roomlog.handlers.identity.Identity;
import io.roomlog.handlers.rate.SendRate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code send}: appends to the room's log and answers where the messages stand. An {@code ack}
 * means that they are stored, for good.
 */
public final class Send
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

  private static final Logger log = LoggerFactory.getLogger(Send.class);

  private final Sending sending;

  /** For Lambda. */
  public Send() {
    this(Wiring.environment());
    Wiring.prime(rehearsing -> Rehearsals.send(new Send(rehearsing)));
  }

  /** For everybody else. */
  public Send(Map<String, String> environment) {
    this(Sending.of(environment));
  }

  /** On a log that nobody measures, for everybody as fast as they like. */
  public Send(RoomLog rooms) {
    this(rooms, SendRate.unlimited(), InstantSource.system());
  }

  /** On a log that nobody measures, with a rate. */
  public Send(RoomLog rooms, SendRate rate, InstantSource clock) {
    this(Sending.unmeasured(rooms, rate, clock));
  }

  private Send(Sending sending) {
    this.sending = sending;
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, @Nullable Context context) {
    return Reply.to(event, sending.metrics(), (fields, identity) -> send(fields, identity, event));
  }

  private ObjectNode send(Fields fields, Identity identity, APIGatewayV2WebSocketEvent event)
      throws InterruptedException {
    String connectionId = event.getRequestContext().getConnectionId();
    RoomName room = sending.room(identity, fields);
    List<Draft> drafts = Drafts.of(fields);
    List<Receipt> receipts = sending.append(connectionId, identity, room, drafts);
    log.atDebug()
        .addKeyValue("connectionId", connectionId)
        .addKeyValue("room", room.value())
        .addKeyValue("positions", receipts.stream().map(Receipt::position).toList())
        .log("appended");
    return Acks.answer(fields, room, drafts, receipts);
  }
}
