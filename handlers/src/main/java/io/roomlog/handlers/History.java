package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.handlers.identity.Identity;
import io.roomlog.handlers.identity.Verb;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code history}: a page of a room's log, forward from a position, backward from one, or the
 * latest. It needs no membership, and costs what the page costs, however long the log is.
 */
public final class History
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

  /** Entries of a page that asks for no number. */
  private static final int LIMIT = 50;

  private final Pages pages;
  private final Metrics metrics;
  private final InstantSource clock;

  /** For Lambda. */
  public History() {
    this(Wiring.environment());
    Wiring.prime(rehearsing -> Rehearsals.history(new History(rehearsing)));
  }

  /** For everybody else. */
  public History(Map<String, String> environment) {
    this(environment, Wiring.metrics(environment));
  }

  private History(Map<String, String> environment, Metrics metrics) {
    this(Wiring.roomLogToRead(environment, metrics), metrics, InstantSource.system());
  }

  /** On a log that nobody measures. */
  public History(RoomLog rooms) {
    this(rooms, InstantSource.system());
  }

  /** On a log that nobody measures, with a clock by which tokens expire. */
  public History(RoomLog rooms, InstantSource clock) {
    this(rooms, Metrics.none(), clock);
  }

  private History(RoomLog rooms, Metrics metrics, InstantSource clock) {
    this.pages = new Pages(rooms);
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, @Nullable Context context) {
    return Reply.to(event, metrics, this::read);
  }

  private ObjectNode read(Fields fields, Identity identity) {
    RoomName room = fields.room(identity.firstRoom());
    Access.require(identity, room, Verb.READ, clock.instant());
    OptionalLong after = fields.position("after", 0);
    OptionalLong before = fields.position("before", 1);
    int limit = fields.count("limit", RoomLog.PAGE_ENTRIES_MAX).orElse(LIMIT);
    if (after.isPresent() && before.isPresent()) {
      throw new Refused(ErrorCode.INVALID_FIELD, "after and before stand in one frame");
    }
    ObjectNode answer = fields.answer("history").put("room", room.value());
    if (after.isPresent()) {
      pages.after(answer, room, identity.sender(), after.getAsLong(), limit);
    } else if (before.isPresent()) {
      pages.before(answer, room, identity.sender(), before.getAsLong(), limit);
    } else {
      pages.latest(answer, room, identity.sender(), limit);
    }
    return answer;
  }
}
