package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.handlers.identity.Identity;
import io.roomlog.handlers.identity.Verb;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code sync}: tells the heads, so that a client whose last push was lost learns that there is
 * something to ask for; and puts the connection back into rooms from which it was pruned wrongly.
 * From a room that the sender is banned from it tells no head and says so: an error would keep the
 * other rooms' heads from a client that asks for all of them in one frame.
 */
public final class Sync
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

  private static final Logger log = LoggerFactory.getLogger(Sync.class);

  /** Absent if there is none. */
  private static final String FORBIDDEN = "forbidden";

  private final RoomLog rooms;
  private final Membership membership;
  private final InstantSource clock;
  private final Metrics metrics;

  /** For Lambda. */
  public Sync() {
    this(Wiring.environment());
    Wiring.prime(rehearsing -> Rehearsals.sync(new Sync(rehearsing)));
  }

  /** For everybody else. */
  public Sync(Map<String, String> environment) {
    this(
        Wiring.heads(environment),
        Wiring.membership(environment),
        InstantSource.system(),
        Wiring.metrics(environment));
  }

  /** On a log and its memberships, which nobody measures. */
  public Sync(RoomLog rooms, Membership membership, InstantSource clock) {
    this(rooms, membership, clock, Metrics.none());
  }

  private Sync(RoomLog rooms, Membership membership, InstantSource clock, Metrics metrics) {
    this.rooms = rooms;
    this.membership = membership;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, @Nullable Context context) {
    return Reply.to(
        event, metrics, (fields, identity) -> sync(fields, identity, event.getRequestContext()));
  }

  private ObjectNode sync(Fields fields, Identity identity, RequestContext context) {
    Instant now = clock.instant();
    Access.requireCurrent(identity, now);
    List<RoomName> named = named(fields);
    for (RoomName room : named) {
      Access.require(identity, room, Verb.READ, now);
    }
    List<RoomName> joined = membership.rooms(context.getConnectionId());
    if (fields.has("rooms")) {
      restore(named, joined, identity.connection(context, now));
    }
    ObjectNode answer = fields.answer("heads");
    ObjectNode heads = answer.putObject("rooms");
    // After the memberships: a head that was read before would leave a seam.
    for (RoomName room : fields.has("rooms") ? named : joined) {
      Counter counter = rooms.head(room);
      Optional<Instant> banned = banned(counter, identity.sender());
      if (banned.isEmpty()) {
        heads.put(room.value(), counter.head());
      } else {
        // Perhaps put back by this very frame, before the ban was there.
        membership.leave(room, context.getConnectionId());
        answer.withObjectProperty(FORBIDDEN).put(room.value(), Banned.reason(banned.get()));
      }
    }
    return answer;
  }

  private Optional<Instant> banned(Counter counter, String sender) {
    return counter.bans().at(clock.instant()).of(sender);
  }

  private static List<RoomName> named(Fields fields) {
    if (!fields.has("rooms")) {
      return List.of();
    }
    JsonNode rooms = fields.get("rooms");
    if (!rooms.isObject()) {
      throw new Refused(ErrorCode.INVALID_FIELD, "rooms is not an object of rooms and positions");
    }
    if (rooms.size() > Connection.ROOMS_MAX) {
      throw tooMany(rooms.size());
    }
    Fields positions = new Fields(rooms);
    return rooms
        .propertyStream()
        .map(Map.Entry::getKey)
        .map(name -> room(positions, name))
        .toList();
  }

  private static RoomName room(Fields positions, String name) {
    RoomName room =
        RoomName.of(name)
            .orElseThrow(
                () ->
                    new Refused(ErrorCode.INVALID_ROOM, "a name in rooms is not " + RoomName.FORM));
    positions.position(name, 0);
    return room;
  }

  private void restore(List<RoomName> named, List<RoomName> joined, Connection connection) {
    Set<RoomName> all = new HashSet<>(joined);
    all.addAll(named);
    if (all.size() > Connection.ROOMS_MAX && !joined.containsAll(named)) {
      throw tooMany(all.size());
    }
    for (RoomName room : named) {
      // The bans are looked at once more below; but who is banned and syncs again and again would
      // be
      // pushed to in between.
      if (!joined.contains(room) && banned(rooms.head(room), connection.sender()).isEmpty()) {
        membership.join(room, connection);
        log.atInfo()
            .addKeyValue("connectionId", connection.id())
            .addKeyValue("room", room.value())
            .log("membership_restored");
      }
    }
  }

  private static Refused tooMany(int rooms) {
    return new Refused(
        ErrorCode.TOO_MANY_ROOMS,
        "rooms would make " + rooms + " of the connection; the limit is " + Connection.ROOMS_MAX);
  }
}
