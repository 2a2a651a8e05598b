package io.roomlog.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Draft;
import io.roomlog.core.wire.Json;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The frame {@code {"action":"sendmessage","data":"…"}}. */
sealed interface SendMessageRequest permits SendMessageRequest.Accepted, Refusal {

  /** The data's length at most, in bytes of its minimal JSON. */
  int DATA_BYTES_MAX = 24_576;

  /** A client's id for a message. */
  Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /**
   * A well-formed frame.
   *
   * @param room where to
   * @param draft what
   */
  record Accepted(RoomName room, Draft draft) implements SendMessageRequest {}

  /**
   * Reads a frame.
   *
   * @param body the frame's text, or null if the gateway gave none
   * @param firstRoom the room of a frame that names none
   */
  static SendMessageRequest parse(@Nullable String body, RoomName firstRoom) {
    Optional<JsonNode> frame = Json.parse(body == null ? "" : body).filter(JsonNode::isObject);
    return frame.isEmpty()
        ? new Refusal(ErrorCode.INVALID_DATA, "the frame is not a JSON object of distinct keys")
        : parse(frame.get(), firstRoom);
  }

  private static SendMessageRequest parse(JsonNode frame, RoomName firstRoom) {
    JsonNode room = frame.path("room");
    Optional<RoomName> name =
        room.isMissingNode()
            ? Optional.of(firstRoom)
            : RoomName.of(room.isTextual() ? room.textValue() : "");
    if (name.isEmpty()) {
      return new Refusal(ErrorCode.INVALID_ROOM, "room is not " + RoomName.FORM);
    }
    JsonNode id = frame.path("id");
    if (!id.isMissingNode() && !(id.isTextual() && ID.matcher(id.textValue()).matches())) {
      return new Refusal(ErrorCode.INVALID_ID, "id is not 1-64 characters of A-Z a-z 0-9 . _ -");
    }
    return data(frame.path("data"), name.get(), id.isMissingNode() ? null : id.textValue());
  }

  private static SendMessageRequest data(JsonNode data, RoomName room, @Nullable String id) {
    if (!data.isTextual() || data.textValue().isEmpty()) {
      return new Refusal(ErrorCode.INVALID_DATA, "data is not a string of at least one character");
    }
    if (!Json.isWellFormed(data.textValue())) {
      return new Refusal(ErrorCode.INVALID_DATA, "data has half a surrogate pair");
    }
    String minimal = Json.minimal(data);
    int bytes = Json.bytes(minimal);
    return bytes > DATA_BYTES_MAX
        ? new Refusal(
            ErrorCode.TOO_LARGE, "data is " + bytes + " bytes; the limit is " + DATA_BYTES_MAX)
        : new Accepted(room, new Draft(id, minimal));
  }
}
