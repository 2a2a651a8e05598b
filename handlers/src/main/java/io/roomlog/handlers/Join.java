package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Page;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.handlers.identity.Identity;
import io.roomlog.handlers.identity.Verb;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code join}: puts the connection into a room, and gives what it has missed.
 *
 * <p>In this order: registered, then the head read, then the entries. Whatever is stored after the
 * registration is pushed, whatever was stored before it is at or below the head; so there is no
 * seam that a message could fall into.
 */
public final class Join
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

  private static final Logger log = LoggerFactory.getLogger(Join.class);

  private final RoomLog rooms;
  private final Pages pages;
  private final Membership membership;
  private final InstantSource clock;
  private final Metrics metrics;

  /** For Lambda. */
  public Join() {
    this(Wiring.environment());
    Wiring.prime(rehearsing -> Rehearsals.join(new Join(rehearsing)));
  }

  /** For everybody else. */
  public Join(Map<String, String> environment) {
    this(environment, Wiring.metrics(environment));
  }

  private Join(Map<String, String> environment, Metrics metrics) {
    this(
        Wiring.roomLogToRead(environment, metrics),
        Wiring.membership(environment),
        InstantSource.system(),
        metrics);
  }

  /** On a log and its memberships, which nobody measures. */
  public Join(RoomLog rooms, Membership membership, InstantSource clock) {
    this(rooms, membership, clock, Metrics.none());
  }

  private Join(RoomLog rooms, Membership membership, InstantSource clock, Metrics metrics) {
    this.rooms = rooms;
    this.pages = new Pages(rooms);
    this.membership = membership;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, @Nullable Context context) {
    return Reply.to(
        event,
        metrics,
        (fields, identity) -> {
          RoomName room = fields.room();
          Access.require(identity, room, Verb.JOIN, clock.instant());
          OptionalLong after = fields.position("after", 0);
          register(room, identity, event.getRequestContext());
          try {
            ObjectNode answer = fields.answer("joined").put("room", room.value());
            if (after.isPresent()) {
              replay(answer, room, identity.sender(), after.getAsLong());
            } else {
              pages.ends(answer, room, identity.sender());
            }
            return answer;
          } catch (Refused banned) {
            // Looked at after registering: whoever bans removes the rows that are there by then.
            membership.leave(room, event.getRequestContext().getConnectionId());
            throw banned;
          }
        });
  }

  private void register(RoomName room, Identity identity, RequestContext context) {
    Connection connection = identity.connection(context, clock.instant());
    boolean isIn = membership.rooms(connection.id()).contains(room);
    if (!isIn) {
      // Looked at once more below; but who is banned and joins again and again would be pushed to
      // in between.
      Banned.refuse(rooms.head(room).bans().at(clock.instant()), identity.sender());
    }
    membership.join(room, connection);
    // Whoever was in already stays, though another room at this moment be one too many.
    if (!isIn && membership.rooms(connection.id()).size() > Connection.ROOMS_MAX) {
      // Counted after joining, since before it any number of joins at once would pass.
      membership.leave(room, connection.id());
      throw new Refused(
          ErrorCode.TOO_MANY_ROOMS,
          "the connection is in " + Connection.ROOMS_MAX + " rooms; that is the limit");
    }
    log.atInfo()
        .addKeyValue("connectionId", connection.id())
        .addKeyValue("room", room.value())
        .log("joined");
  }

  private void replay(ObjectNode answer, RoomName room, String sender, long after) {
    Page page = pages.after(answer, room, sender, after, RoomLog.PAGE_ENTRIES_MAX);
    // A client that is ahead of the head has seen another log: one from before a restore.
    answer.put("recovered", page.from() == after + 1 && after <= page.head());
  }
}
