package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import io.roomlog.core.log.Receipt;
import io.roomlog.core.log.RoomLog;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code sendmessage}: appends to the room's log, and does nothing else. It does not know who is in
 * the room, so it takes as long in a room of ten thousand as in an empty one.
 */
public final class SendMessage
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

  private static final Logger log = LoggerFactory.getLogger(SendMessage.class);

  private final RoomLog rooms;

  /** For Lambda. */
  public SendMessage() {
    this(Wiring.environment());
  }

  /** For everybody else. */
  public SendMessage(Map<String, String> environment) {
    this(Wiring.roomLog(environment));
  }

  SendMessage(RoomLog rooms) {
    this.rooms = rooms;
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, @Nullable Context context) {
    String connectionId = event.getRequestContext().getConnectionId();
    Identity identity = Identity.of(event.getRequestContext());
    return switch (SendMessageRequest.parse(event.getBody(), identity.firstRoom())) {
      case Refusal refusal -> refused(connectionId, refusal);
      case SendMessageRequest.Accepted request -> append(connectionId, identity, request);
    };
  }

  private APIGatewayV2WebSocketResponse append(
      String connectionId, Identity identity, SendMessageRequest.Accepted request) {
    try {
      Receipt receipt =
          rooms.append(request.room(), identity.author(), List.of(request.draft())).getFirst();
      log.atDebug()
          .addKeyValue("connectionId", connectionId)
          .addKeyValue("room", request.room().value())
          .addKeyValue("position", receipt.position())
          .addKeyValue("duplicate", receipt instanceof Receipt.Repeated)
          .log("appended");
      return Answers.ok();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while appending", e);
    }
  }

  /** Nobody waits for an answer, so a frame that is not taken shows in the log only. */
  private static APIGatewayV2WebSocketResponse refused(String connectionId, Refusal refusal) {
    log.atWarn()
        .addKeyValue("connectionId", connectionId)
        .addKeyValue("code", refusal.code().code())
        .addKeyValue("reason", refusal.message())
        .log("message_refused");
    return Answers.status(400);
  }
}
