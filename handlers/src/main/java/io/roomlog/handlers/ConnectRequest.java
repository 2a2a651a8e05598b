package io.roomlog.handlers;

import io.roomlog.core.RoomName;
import io.roomlog.handlers.identity.PersonName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client asks for in the query of its connect. */
sealed interface ConnectRequest permits ConnectRequest.Accepted, Refusal {

  /** Rooms joined at connect, at most. */
  int ROOMS_MAX = 10;

  /** Where a connection is that names no room. */
  RoomName DEFAULT_ROOM = new RoomName("lobby");

  /** Who a connection is that names itself nothing. */
  String DEFAULT_NAME = "anonymous";

  /** A client's own key. */
  Pattern CLIENT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /**
   * A well-formed request.
   *
   * @param rooms to join, without repetitions; the first is the connection's first room
   * @param name the display name
   * @param client the client's own key, or null
   */
  record Accepted(List<RoomName> rooms, String name, @Nullable String client)
      implements ConnectRequest {}

  /**
   * Reads the query.
   *
   * @param query the parameters; of a repeated one API Gateway passes the last
   */
  static ConnectRequest parse(@Nullable Map<String, String> query) {
    Map<String, String> parameters = query == null ? Map.of() : query;
    String name = parameters.getOrDefault("name", DEFAULT_NAME);
    Optional<String> fault = PersonName.fault(name);
    if (fault.isPresent()) {
      return new Refusal(ErrorCode.INVALID_FIELD, "name " + fault.get());
    }
    String client = parameters.get("client");
    if (client != null && !CLIENT.matcher(client).matches()) {
      return new Refusal(
          ErrorCode.INVALID_FIELD, "client is not 1-64 characters of A-Z a-z 0-9 . _ -");
    }
    return rooms(parameters.getOrDefault("room", DEFAULT_ROOM.value()), name, client);
  }

  private static ConnectRequest rooms(String list, String name, @Nullable String client) {
    List<RoomName> rooms = new ArrayList<>();
    for (String one : list.split(",", -1)) {
      Optional<RoomName> room = RoomName.of(one);
      if (room.isEmpty()) {
        return new Refusal(ErrorCode.INVALID_ROOM, "room is not " + RoomName.FORM);
      }
      if (!rooms.contains(room.get())) {
        rooms.add(room.get());
      }
    }
    return rooms.size() > ROOMS_MAX
        ? new Refusal(
            ErrorCode.TOO_MANY_ROOMS,
            "room names " + rooms.size() + " rooms; the limit is " + ROOMS_MAX)
        : new Accepted(List.copyOf(rooms), name, client);
  }
}
