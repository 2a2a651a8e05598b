package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Author;
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
 */
record Identity(String sender, String name, RoomName firstRoom, String scope) {

  private static final String SENDER = "sender";
  private static final String NAME = "name";
  private static final String FIRST_ROOM = "room";
  private static final String CLIENT = "client";

  /** The context of an anonymous connection: scalars only, since the gateway takes no others. */
  static Map<String, Object> anonymousContext(ConnectRequest.Accepted request) {
    Map<String, Object> context = new HashMap<>();
    context.put(SENDER, request.name());
    context.put(NAME, request.name());
    context.put(FIRST_ROOM, request.rooms().getFirst().value());
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
        client == null ? "connection:" + context.getConnectionId() : "client:" + client);
  }

  private static String text(Map<String, Object> context, String key) {
    @Nullable Object value = context.get(key);
    if (value == null) {
      throw new IllegalStateException("the authorizer context has no " + key);
    }
    return value.toString();
  }

  /** As whom the connection appends. */
  Author author() {
    return new Author(scope, sender, name);
  }
}
