package io.roomlog.handlers.identity;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Author;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
 * @param rights what it may do in which rooms
 * @param moderator whether it may delete messages of others
 * @param end from when on its token does not count, or null if it has none
 */
public record Identity(
    String sender,
    String name,
    RoomName firstRoom,
    String scope,
    Dialect dialect,
    Rights rights,
    boolean moderator,
    @Nullable Instant end) {

  private static final String SENDER = "sender";
  private static final String NAME = "name";
  private static final String FIRST_ROOM = "room";
  private static final String CLIENT = "client";
  private static final String DIALECT = "dialect";
  private static final String MODE = "mode";
  private static final String ANONYMOUS = "anonymous";
  private static final String TOKEN = "token";
  private static final String ROOMS = "rooms";
  private static final String ROLE = "role";
  private static final String MODERATOR = "moderator";
  private static final String END = "tokenEnd";

  /** Why a connection may not do what it asks for. */
  public enum Denial {
    /** It has no right to it, and will get none. */
    FORBIDDEN,
    /** Its token has expired: connect again with a new one. */
    EXPIRED
  }

  /**
   * The context of an anonymous connection: scalars only, since the gateway takes no others.
   *
   * @param client the client's own key, or null
   */
  public static Map<String, Object> anonymousContext(
      String name, RoomName firstRoom, @Nullable String client, Dialect dialect) {
    Map<String, Object> context = new HashMap<>();
    context.put(MODE, ANONYMOUS);
    context.put(SENDER, name);
    context.put(NAME, name);
    context.put(FIRST_ROOM, firstRoom.value());
    context.put(DIALECT, dialect.stored());
    if (client != null) {
      context.put(CLIENT, client);
    }
    return context;
  }

  /** The context of a connection with a token. What the client says of itself is no part of it. */
  public static Map<String, Object> tokenContext(
      Subject subject, RoomName firstRoom, Dialect dialect) {
    Map<String, Object> context = new HashMap<>();
    context.put(MODE, TOKEN);
    context.put(SENDER, subject.sender());
    context.put(NAME, subject.name());
    context.put(FIRST_ROOM, firstRoom.value());
    context.put(DIALECT, dialect.stored());
    context.put(ROOMS, subject.rights().stored());
    context.put(END, subject.end().getEpochSecond());
    if (subject.moderator()) {
      context.put(ROLE, MODERATOR);
    }
    return context;
  }

  /**
   * Reads it from an event.
   *
   * @throws IllegalStateException if no authorizer ran, or if its context is not one of ours: the
   *     deployment is broken
   */
  public static Identity of(RequestContext context) {
    Map<String, Object> authorizer = context.getAuthorizer();
    if (authorizer == null) {
      throw new IllegalStateException("no authorizer context: $connect has no authorizer");
    }
    return switch (authorizer.getOrDefault(MODE, ANONYMOUS).toString()) {
      case ANONYMOUS -> anonymous(authorizer, context.getConnectionId());
      case TOKEN -> withToken(authorizer);
      default -> throw new IllegalStateException("the authorizer's mode is none that is known");
    };
  }

  private static Identity anonymous(Map<String, Object> authorizer, String connectionId) {
    Object client = authorizer.get(CLIENT);
    // Prefixed, so that a client cannot name another's connection as its own key.
    String scope = client == null ? "connection:" + connectionId : "client:" + client;
    return new Identity(
        text(authorizer, SENDER),
        text(authorizer, NAME),
        new RoomName(text(authorizer, FIRST_ROOM)),
        scope,
        dialect(authorizer.get(DIALECT)),
        Rights.ALL,
        false,
        null);
  }

  private static Identity withToken(Map<String, Object> authorizer) {
    String sender = text(authorizer, SENDER);
    return new Identity(
        sender,
        text(authorizer, NAME),
        new RoomName(text(authorizer, FIRST_ROOM)),
        // Prefixed too: ids from before tokens were asked for are nobody's who has one.
        "token:" + sender,
        dialect(authorizer.get(DIALECT)),
        Rights.ofStored(text(authorizer, ROOMS)),
        MODERATOR.equals(authorizer.get(ROLE)),
        Instant.ofEpochSecond(Long.parseLong(text(authorizer, END))));
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

  /** Why it may not do something in a room at a time; empty if it may. */
  public Optional<Denial> denial(RoomName room, Verb verb, Instant now) {
    if (isExpired(now)) {
      return Optional.of(Denial.EXPIRED);
    }
    return rights.allows(room, verb) ? Optional.empty() : Optional.of(Denial.FORBIDDEN);
  }

  /** Whether its token's time is over. */
  public boolean isExpired(Instant now) {
    return end != null && !now.isBefore(end);
  }

  /**
   * The connection as it joins rooms. Its memberships end with its token.
   *
   * @param context of any of its events
   */
  public Connection connection(RequestContext context, Instant now) {
    // The gateway counts its two hours from here, whenever a room is joined.
    Instant connectedAt = Instant.ofEpochMilli(context.getConnectedAt());
    Instant expiresAt = connectedAt.plus(Connection.MEMBERSHIP_LIFE);
    return new Connection(
        context.getConnectionId(),
        dialect,
        sender,
        name,
        now,
        end == null || end.isAfter(expiresAt) ? expiresAt : end);
  }

  /** As whom the connection appends. */
  public Author author() {
    return new Author(scope, sender, name);
  }
}
