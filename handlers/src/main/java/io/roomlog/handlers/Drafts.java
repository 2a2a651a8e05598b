package io.roomlog.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.wire.Json;
import io.roomlog.core.wire.JsonValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a client wants to send; all of it, before anything is stored. */
final class Drafts {

  /** The data's length at most, in bytes of its minimal JSON. */
  static final int DATA_BYTES_MAX = 24_576;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private Drafts() {}

  /**
   * The messages of a {@code send}: {@code data} and {@code id}, or {@code messages}.
   *
   * @throws Refused if anything in any of them is not taken
   */
  static List<Draft> of(Fields fields) {
    if (!fields.has("messages")) {
      return List.of(one(fields, ""));
    }
    if (fields.has("data") || fields.has("id")) {
      throw new Refused(
          ErrorCode.INVALID_FIELD, "data and id stand inside of messages, not beside it");
    }
    JsonNode messages = fields.get("messages");
    if (!messages.isArray() || messages.isEmpty() || messages.size() > RoomLog.DRAFTS_MAX) {
      throw new Refused(
          ErrorCode.INVALID_FIELD,
          "messages is not an array of 1-%d objects%s"
              .formatted(
                  RoomLog.DRAFTS_MAX, messages.isArray() ? " but of " + messages.size() : ""));
    }
    return all(messages);
  }

  private static List<Draft> all(JsonNode messages) {
    List<Draft> drafts = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode message : messages) {
      String where = "messages[" + drafts.size() + "]";
      if (!message.isObject()) {
        throw new Refused(ErrorCode.INVALID_FIELD, where + " is not an object");
      }
      Draft draft = one(new Fields(message), where + ".");
      if (draft.id() != null && !ids.add(draft.id())) {
        throw new Refused(ErrorCode.INVALID_ID, where + ".id stands in messages before");
      }
      drafts.add(draft);
    }
    return drafts;
  }

  private static Draft one(Fields fields, String where) {
    return new Draft(id(fields, where), data(fields, where));
  }

  /**
   * The one message of a {@code sendmessage}, whose data is a string.
   *
   * @throws Refused if it is not taken
   */
  static Draft text(Fields fields) {
    if (!fields.get("data").isTextual()) {
      throw new Refused(ErrorCode.INVALID_DATA, "data is not a string of at least one character");
    }
    return one(fields, "");
  }

  private static @Nullable String id(Fields fields, String where) {
    JsonNode id = fields.get("id");
    if (id.isMissingNode()) {
      return null;
    }
    if (!id.isTextual() || !ID.matcher(id.textValue()).matches()) {
      throw new Refused(
          ErrorCode.INVALID_ID, where + "id is not 1-64 characters of A-Z a-z 0-9 . _ -");
    }
    return id.textValue();
  }

  private static String data(Fields fields, String where) {
    JsonNode data = fields.get("data");
    if (data.isMissingNode() || (data.isTextual() && data.textValue().isEmpty())) {
      throw new Refused(
          ErrorCode.INVALID_DATA,
          where + "data is " + (data.isMissingNode() ? "missing" : "an empty string"));
    }
    JsonValues.fault(data)
        .ifPresent(
            fault -> {
              throw new Refused(ErrorCode.INVALID_DATA, where + "data " + fault);
            });
    String minimal = Json.minimal(data);
    int bytes = Json.bytes(minimal);
    if (bytes > DATA_BYTES_MAX) {
      throw new Refused(
          ErrorCode.TOO_LARGE,
          where + "data is " + bytes + " bytes; the limit is " + DATA_BYTES_MAX);
    }
    return minimal;
  }
}
