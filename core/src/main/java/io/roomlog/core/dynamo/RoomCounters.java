package io.roomlog.core.dynamo;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Claim;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Expiry;
import io.roomlog.core.log.Retention;
import io.roomlog.core.push.Pushed;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The item of a room: its counter, the number of shards of its membership, and how far it was
 * pushed.
 */
final class RoomCounters {

  private static final String NEXT = "next";
  private static final String AT = "at";

  /** In seconds, 0 for ever; all four are there or none. */
  private static final String RETENTION = "retention";

  private static final String SHORTEST = "shortest";
  private static final String CHANGED = "changed";
  private static final String QUIET = "quiet";

  private static final String SHARDS = "shards";
  private static final String PUSHED = "pushed";

  private final DynamoDbClient dynamo;
  private final String table;
  private final RoomItems items;

  RoomCounters(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
    this.items = new RoomItems(dynamo, table);
  }

  Claim claim(RoomName room, int count, Instant at, Retention retention, Optional<String> sender) {
    return new PositionClaim(
            dynamo, table, room, RoomItems.key(room.value()), count, at, retention, sender)
        .take();
  }

  Counter read(RoomName room) {
    return counter(items.item(room.value()));
  }

  /** The counter in a room's item. */
  static Counter counter(Map<String, AttributeValue> item) {
    return item.containsKey(NEXT)
        ? new Counter(
            Items.number(item, NEXT), Items.millis(item, AT), expiry(item), DynamoBans.of(item))
        : new Counter(0, Instant.EPOCH, Expiry.NEVER, DynamoBans.of(item));
  }

  private static Expiry expiry(Map<String, AttributeValue> item) {
    return item.containsKey(RETENTION)
        ? new Expiry(
            Retention.ofSeconds(Items.number(item, RETENTION)),
            Retention.ofSeconds(Items.number(item, SHORTEST)),
            Items.number(item, CHANGED),
            Items.number(item, QUIET))
        : Expiry.NEVER;
  }

  /** Those of the counter's names that an expression uses; one too many is an error. */
  static Map<String, String> names(String expression) {
    return Stream.of(NEXT, AT, RETENTION, SHORTEST, CHANGED, QUIET)
        .filter(name -> expression.contains("#" + name))
        .collect(Collectors.toMap(name -> "#" + name, name -> name));
  }

  int shards(RoomName room) {
    return Math.toIntExact(Items.number(items.item(room.value()), SHARDS, 1));
  }

  /**
   * Raises the number of shards. The condition and the update are one call, so the number never
   * falls, not even for a moment: readers of memberships rely on it.
   *
   * @return whether it was lower
   */
  boolean grow(RoomName room, int shards) {
    return items.isSet(
        room.value(),
        SHARDS,
        "(attribute_not_exists(#attribute) AND :value > :one) OR #attribute < :value",
        Map.of(":value", Items.number(shards), ":one", Items.number(1)));
  }

  Pushed pushed(RoomName room) {
    String text = Items.optionalString(items.item(room.value()), PUSHED);
    return text == null ? Pushed.NOTHING : Pushed.of(text);
  }

  /**
   * Takes down what has been pushed.
   *
   * @return whether what was there was still what was seen
   */
  boolean replacePushed(RoomName room, Pushed seen, Pushed now) {
    boolean isFirst = seen.equals(Pushed.NOTHING);
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":value", Items.string(now.text()));
    if (!isFirst) {
      values.put(":seen", Items.string(seen.text()));
    }
    return items.isSet(
        room.value(),
        PUSHED,
        isFirst ? "attribute_not_exists(#attribute)" : "#attribute = :seen",
        values);
  }

  /** If somebody else raised it further, that is all that was wanted. */
  void raise(RoomName room, long head, Instant at) {
    items.isUpdated(
        room.value(),
        update ->
            update
                .updateExpression("SET #next = :head, #at = :at")
                .conditionExpression("attribute_not_exists(#next) OR #next < :head")
                .expressionAttributeNames(Map.of("#next", NEXT, "#at", AT))
                .expressionAttributeValues(
                    Map.of(":head", Items.number(head), ":at", Items.millis(at))));
  }
}
