package io.roomlog.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.wire.Json;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a client's frame, each read strictly. A field that is not known is ignored; one
 * that is {@code null} is malformed, not left out.
 *
 * @param frame the frame
 */
record Fields(JsonNode frame) {

  /** The length at most of a {@code ref}: a string's in characters, a number's in its JSON. */
  static final int REF_LENGTH_MAX = 64;

  private static final String REF = "ref";

  /**
   * Reads a frame.
   *
   * @param body the frame's text, or null if the gateway gave none
   * @throws Refused if it is not a JSON object of distinct keys
   */
  static Fields of(@Nullable String body) {
    return Json.parse(body == null ? "" : body)
        .filter(JsonNode::isObject)
        .map(Fields::new)
        .orElseThrow(
            () ->
                new Refused(
                    ErrorCode.INVALID_DATA, "the frame is not a JSON object of distinct keys"));
  }

  boolean has(String name) {
    return frame.has(name);
  }

  JsonNode get(String name) {
    return frame.path(name);
  }

  /**
   * The room that is named.
   *
   * @param otherwise the room of a frame that names none
   */
  RoomName room(RoomName otherwise) {
    return has("room") ? room() : otherwise;
  }

  /** The room that must be named. */
  RoomName room() {
    String name = get("room").isTextual() ? get("room").textValue() : "";
    return RoomName.of(name)
        .orElseThrow(() -> new Refused(ErrorCode.INVALID_ROOM, "room is not " + RoomName.FORM));
  }

  /**
   * A position.
   *
   * @param least the least that makes sense
   */
  OptionalLong position(String name, long least) {
    return has(name)
        ? OptionalLong.of(whole(name, least, RoomLog.POSITION_MAX))
        : OptionalLong.empty();
  }

  /** A count from 1 on. */
  OptionalInt count(String name, int most) {
    return has(name) ? OptionalInt.of((int) whole(name, 1, most)) : OptionalInt.empty();
  }

  private long whole(String name, long least, long most) {
    JsonNode value = get(name);
    // 1.0 is the same number as 1, and some writers of JSON know no other.
    if (!value.isNumber()
        || !value.canConvertToExactIntegral()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw new Refused(
          ErrorCode.INVALID_FIELD, name + " is not a whole number from " + least + " to " + most);
    }
    return value.longValue();
  }

  /** The client's own mark of this request, repeated in the answer; null if it has none. */
  @Nullable JsonNode ref() {
    JsonNode ref = get(REF);
    if (ref.isMissingNode()) {
      return null;
    }
    boolean taken =
        ref.isTextual()
            ? length(ref.textValue()) <= REF_LENGTH_MAX && Json.isWellFormed(ref.textValue())
            : ref.isNumber() && Json.minimal(ref).length() <= REF_LENGTH_MAX;
    if (!taken) {
      throw new Refused(
          ErrorCode.INVALID_FIELD,
          "ref is not a string or a number of at most " + REF_LENGTH_MAX + " characters");
    }
    return ref;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** An answer to this frame, without the fields of its type. */
  ObjectNode answer(String type) {
    return answer(type, ref());
  }

  static ObjectNode answer(String type, @Nullable JsonNode ref) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("type", type);
    if (ref != null) {
      answer.set(REF, ref);
    }
    return answer;
  }
}
