package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.Receipt;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.log.SenderBanned;
import io.roomlog.handlers.identity.Identity;
import io.roomlog.handlers.rate.SendRate;
import java.time.InstantSource;
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

  private final Sending sending;

  /** For Lambda. */
  public SendMessage() {
    this(Wiring.environment());
    Wiring.prime(rehearsing -> Rehearsals.sendMessage(new SendMessage(rehearsing)));
  }

  /** For everybody else. */
  public SendMessage(Map<String, String> environment) {
    this(Sending.of(environment));
  }

  /** On a log that nobody measures, for everybody as fast as they like. */
  public SendMessage(RoomLog rooms) {
    this(rooms, SendRate.unlimited(), InstantSource.system());
  }

  /** On a log that nobody measures, with a rate. */
  public SendMessage(RoomLog rooms, SendRate rate, InstantSource clock) {
    this(Sending.unmeasured(rooms, rate, clock));
  }

  private SendMessage(Sending sending) {
    this.sending = sending;
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, @Nullable Context context) {
    String connectionId = event.getRequestContext().getConnectionId();
    Identity identity = Identity.of(event.getRequestContext());
    try {
      Fields fields = Fields.of(event.getBody());
      RoomName room = sending.room(identity, fields);
      List<Draft> drafts = List.of(Drafts.text(fields));
      Receipt receipt = sending.append(connectionId, identity, room, drafts).getFirst();
      log.atDebug()
          .addKeyValue("connectionId", connectionId)
          .addKeyValue("room", room.value())
          .addKeyValue("position", receipt.position())
          .addKeyValue("duplicate", receipt instanceof Receipt.Repeated)
          .log("appended");
      return Answers.ok();
    } catch (SenderBanned banned) {
      return refused(connectionId, new Refused(ErrorCode.FORBIDDEN, Banned.reason(banned.until())));
    } catch (Refused refused) {
      sending.metrics().count(refused.metric());
      return refused(connectionId, refused);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while appending", e);
    } finally {
      sending.metrics().flush();
    }
  }

  /** Nobody waits for an answer, so a frame that is not taken shows in the log only. */
  private static APIGatewayV2WebSocketResponse refused(String connectionId, Refused refused) {
    log.atLevel(refused.logLevel())
        .addKeyValue("connectionId", connectionId)
        .addKeyValue("code", refused.code().code())
        .addKeyValue("reason", refused.reason())
        .log("message_refused");
    return Answers.status(400);
  }
}
