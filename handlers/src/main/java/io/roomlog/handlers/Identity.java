package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Author;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind a connection. The authorizer decides it once; the gateway hands it, as the
 * authorizer's context, to every later event of the connection, so no route has to look it up.
 *
 * @param sender stamped on every entry
 * @param name the display name
 * @param firstRoom the room of frames that name none
 * @param scope within which message ids are unique
 * @param dialect how messages reach the connection
 */
record Identity(String sender, String name, RoomName firstRoom, String scope, Dialect dialect) {

  private static final String SENDER = "sender";
  private static final String NAME = "name";
  private static final String FIRST_ROOM = "room";
  private static final String CLIENT = "client";
  private static final String DIALECT = "dialect";

  /** The context of an anonymous connection: scalars only, since the gateway takes no others. */
  static Map<String, Object> anonymousContext(ConnectRequest.Accepted request, Dialect dialect) {
    Map<String, Object> context = new HashMap<>();
    context.put(SENDER, request.name());
    context.put(NAME, request.name());
    context.put(FIRST_ROOM, request.rooms().getFirst().value());
    context.put(DIALECT, dialect.stored());
    if (request.client() != null) {
      context.put(CLIENT, request.client());
    }
    return context;
  }

  /**
   * Reads it from an event.
   *
   * @throws IllegalStateException if no authorizer ran: the deployment is broken
   */
  static Identity of(RequestContext context) {
    Map<String, Object> authorizer = context.getAuthorizer();
    if (authorizer == null) {
      throw new IllegalStateException("no authorizer context: $connect has no authorizer");
    }
    Object client = authorizer.get(CLIENT);
    return new Identity(
        text(authorizer, SENDER),
        text(authorizer, NAME),
        new RoomName(text(authorizer, FIRST_ROOM)),
        // Prefixed, so that a client cannot name another's connection as its own key.
        client == null ? "connection:" + context.getConnectionId() : "client:" + client,
        dialect(authorizer.get(DIALECT)));
  }

  /** Connections from before there was a choice are plain. */
  private static Dialect dialect(@Nullable Object stored) {
    return stored == null
        ? Dialect.PLAIN
        : Dialect.ofStored(stored.toString())
            .orElseThrow(() -> new IllegalStateException("the dialect is none that is spoken"));
  }

  private static String text(Map<String, Object> context, String key) {
    @Nullable Object value = context.get(key);
    if (value == null) {
      throw new IllegalStateException("the authorizer context has no " + key);
    }
    return value.toString();
  }

  /**
   * The connection as it joins rooms.
   *
   * @param context of any of its events
   */
  Connection connection(RequestContext context, Instant now) {
    // The gateway counts its two hours from here, whenever a room is joined.
    Instant connectedAt = Instant.ofEpochMilli(context.getConnectedAt());
    return new Connection(
        context.getConnectionId(),
        dialect,
        sender,
        name,
        now,
        connectedAt.plus(Connection.MEMBERSHIP_LIFE));
  }

  /** As whom the connection appends. */
  Author author() {
    return new Author(scope, sender, name);
  }
}
