package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Receipt;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.metrics.Metrics;
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
  private final Metrics metrics;

  /** For Lambda. */
  public SendMessage() {
    this(Wiring.environment());
  }

  /** For everybody else. */
  public SendMessage(Map<String, String> environment) {
    this(environment, Wiring.metrics(environment));
  }

  private SendMessage(Map<String, String> environment, Metrics metrics) {
    this(Wiring.roomLog(environment, metrics), metrics);
  }

  /** On a log that nobody measures. */
  public SendMessage(RoomLog rooms) {
    this(rooms, Metrics.none());
  }

  private SendMessage(RoomLog rooms, Metrics metrics) {
    this.rooms = rooms;
    this.metrics = metrics;
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, @Nullable Context context) {
    String connectionId = event.getRequestContext().getConnectionId();
    Identity identity = Identity.of(event.getRequestContext());
    try {
      Fields fields = Fields.of(event.getBody());
      RoomName room = fields.room(identity.firstRoom());
      Receipt receipt =
          rooms.append(room, identity.author(), List.of(Drafts.text(fields))).getFirst();
      log.atDebug()
          .addKeyValue("connectionId", connectionId)
          .addKeyValue("room", room.value())
          .addKeyValue("position", receipt.position())
          .addKeyValue("duplicate", receipt instanceof Receipt.Repeated)
          .log("appended");
      return Answers.ok();
    } catch (Refused refused) {
      metrics.count(Metric.FRAMES_REFUSED);
      return refused(connectionId, refused);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while appending", e);
    } finally {
      metrics.flush();
    }
  }

  /** Nobody waits for an answer, so a frame that is not taken shows in the log only. */
  private static APIGatewayV2WebSocketResponse refused(String connectionId, Refused refused) {
    log.atWarn()
        .addKeyValue("connectionId", connectionId)
        .addKeyValue("code", refused.code().code())
        .addKeyValue("reason", refused.reason())
        .log("message_refused");
    return Answers.status(400);
  }
}
