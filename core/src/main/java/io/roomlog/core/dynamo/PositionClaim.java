package io.roomlog.core.dynamo;

import static io.roomlog.core.dynamo.Calls.calling;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Claim;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Expiry;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.SenderBanned;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * One claim of positions: one update of the room's item, which cannot fail because of other
 * claimers, only wait for them. Where a room has a retention, and that has changed or the room was
 * quiet for an hour, the counter has to note it, and the update before that fails for it: three
 * calls at most.
 */
final class PositionClaim {

  private static final String NOTED = "#retention = :retention AND #at >= :since";

  private static final String NOT_BANNED =
      "(attribute_not_exists(#bans.#sender) OR #bans.#sender <= :now)";

  private final DynamoDbClient dynamo;
  private final String table;
  private final RoomName room;
  private final Map<String, AttributeValue> key;
  private final int count;
  private final Instant at;
  private final Retention retention;
  private final Optional<String> sender;

  PositionClaim(
      DynamoDbClient dynamo,
      String table,
      RoomName room,
      Map<String, AttributeValue> key,
      int count,
      Instant at,
      Retention retention,
      Optional<String> sender) {
    this.dynamo = dynamo;
    this.table = table;
    this.room = room;
    this.key = key;
    this.count = count;
    this.at = at;
    this.retention = retention;
    this.sender = sender;
  }

  Claim take() {
    try {
      return asNoted();
    } catch (ConditionalCheckFailedException toBeNoted) {
      Counter seen = refusing(toBeNoted);
      return noting(seen).orElseGet(this::asOthersNoted);
    }
  }

  /** The counter says already all that this claim would have it say. */
  private Claim asNoted() {
    Map<String, AttributeValue> values = values();
    values.put(":since", Items.millis(at.minus(Expiry.MARGIN)));
    values.put(":retention", Items.number(retention.seconds()));
    if (retention instanceof Retention.Forever) {
      return update("", "attribute_not_exists(#retention) OR " + NOTED, values);
    }
    values.put(":zero", Items.number(0));
    return update(
        ", #retention = :retention, #shortest = if_not_exists(#shortest, :retention)"
            + ", #changed = if_not_exists(#changed, :zero), #quiet = if_not_exists(#quiet, :zero)",
        "attribute_not_exists(#next) OR (" + NOTED + ")",
        values);
  }

  /** Notes what is new in the counter, unless somebody else was quicker. */
  private Optional<Claim> noting(Counter seen) {
    Expiry before = seen.expiry();
    boolean changing = !before.retention().equals(retention);
    boolean quiet = Expiry.quietSince(seen.at(), at);
    Map<String, AttributeValue> values = values();
    values.put(":retention", Items.number(retention.seconds()));
    values.put(":shortest", Items.number(before.shortest().orShorter(retention).seconds()));
    values.put(":zero", Items.number(0));
    String same = "attribute_not_exists(#retention)";
    if (!before.never()) {
      same = "#retention = :seenRetention AND #shortest = :seenShortest";
      values.put(":seenRetention", Items.number(before.retention().seconds()));
      values.put(":seenShortest", Items.number(before.shortest().seconds()));
    }
    if (quiet) {
      same += " AND #at = :seenAt";
      values.put(":seenAt", Items.millis(seen.at()));
    }
    String set =
        ", #retention = :retention, #shortest = :shortest, #changed = %s, #quiet = %s"
            .formatted(
                changing ? "#next" : "if_not_exists(#changed, :zero)",
                quiet ? "#next" : "if_not_exists(#quiet, :zero)");
    try {
      return Optional.of(update(set, same, values));
    } catch (ConditionalCheckFailedException notedByOthers) {
      var _ = refusing(notedByOthers);
      return Optional.empty();
    }
  }

  /** Others are claiming under another setting at this moment: theirs counts. */
  private Claim asOthersNoted() {
    try {
      return update("", "attribute_exists(#next)", values());
    } catch (ConditionalCheckFailedException bannedMeanwhile) {
      var _ = refusing(bannedMeanwhile);
      throw bannedMeanwhile;
    }
  }

  /** The counter that a claim failed on, unless it failed because of a ban. */
  private Counter refusing(ConditionalCheckFailedException failed) {
    Counter seen = RoomCounters.counter(failed.item());
    sender
        .flatMap(seen.bans().at(at)::of)
        .ifPresent(
            until -> {
              throw new SenderBanned(room, until);
            });
    return seen;
  }

  private Map<String, AttributeValue> values() {
    return new HashMap<>(Map.of(":count", Items.number(count), ":at", Items.millis(at)));
  }

  private Claim update(String set, String noted, Map<String, AttributeValue> values) {
    String update = "SET #at = :at" + set + " ADD #next :count";
    String condition = sender.isEmpty() ? noted : "(" + noted + ") AND " + NOT_BANNED;
    Map<String, String> names = new HashMap<>(RoomCounters.names(update + condition));
    sender.ifPresent(
        name -> {
          names.put("#bans", DynamoBans.BANS);
          names.put("#sender", name);
          values.put(":now", Items.seconds(at));
        });
    Map<String, AttributeValue> counter =
        calling(
                "UpdateItem rooms",
                () ->
                    dynamo.updateItem(
                        request ->
                            request
                                .tableName(table)
                                .key(key)
                                .updateExpression(update)
                                .conditionExpression(condition)
                                .expressionAttributeNames(names)
                                .expressionAttributeValues(values)
                                .returnValues(ReturnValue.ALL_NEW)
                                .returnValuesOnConditionCheckFailure(
                                    ReturnValuesOnConditionCheckFailure.ALL_OLD)))
            .attributes();
    Counter after = RoomCounters.counter(counter);
    return new Claim(after.head(), after.expiry().retention());
  }
}
