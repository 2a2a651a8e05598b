package io.roomlog.fanout.crowd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.wire.Json;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A range as it stands in a message of the queue: {@code
 * {"v":1,"room":"lobby","from":41,"to":60,"without":[43],"again":true}}. An operator may write one
 * by hand, so {@code v}, {@code without} and {@code again} may be left out; without {@code again}
 * nothing is pushed that was pushed before.
 */
public final class RangeJson {

  private static final int VERSION = 1;

  private RangeJson() {}

  /** What a text turned out to be. */
  public sealed interface Reading {
    /** A range. */
    record Read(Range range) implements Reading {}

    /**
     * Something else.
     *
     * @param reason names the field, its form or limit, and what it is
     */
    record Malformed(String reason) implements Reading {}
  }

  /** A range's text. */
  public static String write(Range range) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("v", VERSION)
        .put("room", range.room().value())
        .put("from", range.from())
        .put("to", range.to());
    if (!range.without().isEmpty()) {
      ArrayNode without = json.putArray("without");
      new TreeSet<>(range.without()).forEach(without::add);
    }
    if (range.again()) {
      json.put("again", true);
    }
    return Json.minimal(json);
  }

  /** A text's range. */
  public static Reading read(String text) {
    return Json.parse(text)
        .filter(JsonNode::isObject)
        .<Reading>map(RangeJson::read)
        .orElseGet(() -> new Reading.Malformed("the body is not a JSON object"));
  }

  private static Reading read(JsonNode json) {
    return fault(json)
        .<Reading>map(Reading.Malformed::new)
        .orElseGet(
            () ->
                new Reading.Read(
                    new Range(
                        new RoomName(json.path("room").textValue()),
                        json.path("from").longValue(),
                        json.path("to").longValue(),
                        without(json),
                        json.path("again").booleanValue())));
  }

  private static Optional<String> fault(JsonNode json) {
    if (json.has("v") && json.path("v").asInt() != VERSION) {
      return Optional.of("v is " + json.path("v") + "; this version reads " + VERSION);
    }
    JsonNode room = json.path("room");
    if (!room.isTextual() || RoomName.of(room.textValue()).isEmpty()) {
      return Optional.of("room is no room's name, which is " + RoomName.FORM);
    }
    if (json.has("again") && !json.path("again").isBoolean()) {
      return Optional.of("again is " + json.path("again") + "; it is true or false");
    }
    return positions(json).or(() -> withoutFault(json));
  }

  private static Optional<String> positions(JsonNode json) {
    for (String field : new String[] {"from", "to"}) {
      if (!isPosition(json.path(field))) {
        return Optional.of(field + " is no position, which is a whole number from 1 on");
      }
    }
    return Range.fault(
        json.path("from").longValue(), json.path("to").longValue(), Range.POSITIONS_MAX);
  }

  private static Optional<String> withoutFault(JsonNode json) {
    JsonNode without = json.path("without");
    boolean isFine =
        without.isMissingNode()
            || (without.isArray()
                && without
                    .valueStream()
                    .allMatch(
                        each ->
                            isPosition(each)
                                && each.longValue() >= json.path("from").longValue()
                                && each.longValue() <= json.path("to").longValue()));
    return isFine
        ? Optional.empty()
        : Optional.of("without is no array of positions between from and to");
  }

  private static boolean isPosition(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 1;
  }

  private static Set<Long> without(JsonNode json) {
    Set<Long> positions = new TreeSet<>();
    json.path("without").forEach(each -> positions.add(each.longValue()));
    return positions;
  }
}
