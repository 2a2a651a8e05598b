package io.roomlog.core.dynamo;

import static io.roomlog.core.dynamo.Calls.calling;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.Claim;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.Erasing;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Marker;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * The log on three tables. The counters have one of their own, keyed by room: a partition takes
 * about 1,000 write units a second, so counter and entries in one partition would halve what a room
 * can take (docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html).
 */
public final class DynamoLogStore implements LogStore, Erasing {

  private static final String CONDITION_FAILED = "ConditionalCheckFailed";
  private static final String CONFLICT = "TransactionConflict";

  private final DynamoDbClient dynamo;
  private final String messages;
  private final RoomCounters counters;
  private final Markers markers;

  /**
   * A log on a deployment's tables.
   *
   * @param dynamo the client; its timeouts and retries bound every call
   * @param rooms the name of the table of counters
   * @param messages the name of the table of entries
   * @param sends the name of the table of markers
   */
  public DynamoLogStore(DynamoDbClient dynamo, String rooms, String messages, String sends) {
    this.dynamo = dynamo;
    this.messages = messages;
    this.counters = new RoomCounters(dynamo, rooms);
    this.markers = new Markers(dynamo, sends);
  }

  @Override
  public Claim claim(
      RoomName room, int count, Instant at, Retention retention, Optional<String> sender) {
    return counters.claim(room, count, at, retention, sender);
  }

  @Override
  public Counter counter(RoomName room) {
    return counters.read(room);
  }

  @Override
  public void raise(RoomName room, long head, Instant at) {
    counters.raise(room, head, at);
  }

  @Override
  public Put put(RoomName room, Entry entry, Retention retention) {
    try {
      calling(
          "PutItem messages",
          () ->
              dynamo.putItem(
                  request ->
                      request
                          .tableName(messages)
                          .item(EntryItem.of(room, entry, retention))
                          .conditionExpression("attribute_not_exists(room)")
                          .returnValuesOnConditionCheckFailure(
                              ReturnValuesOnConditionCheckFailure.ALL_OLD)));
      return new Put.Written();
    } catch (ConditionalCheckFailedException e) {
      return new Put.Occupied(EntryItem.entry(e.item()));
    } catch (TransactionConflictException e) {
      return new Put.Conflict();
    }
  }

  @Override
  public Put put(RoomName room, Entry.Message message, Retention retention, Marker marker) {
    try {
      calling(
          "TransactWriteItems messages, sends",
          () ->
              dynamo.transactWriteItems(
                  request ->
                      request.transactItems(
                          entryOf(room, message, retention), markers.put(marker, message.at()))));
      return new Put.Written();
    } catch (TransactionCanceledException e) {
      return cancelled(message, marker.key(), e);
    }
  }

  private TransactWriteItem entryOf(RoomName room, Entry.Message message, Retention retention) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(messages)
                    .item(EntryItem.of(room, message, retention))
                    .conditionExpression("attribute_not_exists(room)")
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  private static Put cancelled(
      Entry.Message message, Marker.Key key, TransactionCanceledException cause) {
    List<CancellationReason> reasons = cause.cancellationReasons();
    @Nullable Entry there = null;
    if (CONDITION_FAILED.equals(reasons.get(0).code())) {
      there = EntryItem.entry(reasons.get(0).item());
    }
    if (there != null && there.wroteBy(message.nonce())) {
      return new Put.Occupied(there);
    }
    if (CONDITION_FAILED.equals(reasons.get(1).code())) {
      return new Put.Known(Markers.marker(key, reasons.get(1).item()));
    }
    if (there != null) {
      return new Put.Occupied(there);
    }
    if (reasons.stream().anyMatch(reason -> CONFLICT.equals(reason.code()))) {
      return new Put.Conflict();
    }
    String codes = String.join(",", reasons.stream().map(CancellationReason::code).toList());
    throw new StorageUnavailable("TransactWriteItems messages, sends", codes, cause);
  }

  @Override
  public boolean erase(RoomName room, Entry.Message seen) {
    return new EntryErasure(dynamo, messages).erase(room, seen);
  }

  @Override
  public Optional<Marker> marker(Marker.Key key, Instant now) {
    return markers.read(key, now);
  }

  @Override
  public Slice after(RoomName room, long after, int limit) {
    return query(room, "#position > :bound", after, limit, true);
  }

  @Override
  public Slice before(RoomName room, long before, int limit) {
    return query(room, "#position < :bound", before, limit, false);
  }

  /** One query. DynamoDB ends it at 1 MB however few entries that is. */
  private Slice query(RoomName room, String range, long bound, int limit, boolean rising) {
    QueryResponse response =
        calling(
            "Query messages",
            () ->
                dynamo.query(
                    request ->
                        request
                            .tableName(messages)
                            .consistentRead(true)
                            .keyConditionExpression("room = :room AND " + range)
                            .expressionAttributeNames(Map.of("#position", EntryItem.POSITION))
                            .expressionAttributeValues(
                                Map.of(
                                    ":room", Items.string(room.value()),
                                    ":bound", Items.number(bound)))
                            .scanIndexForward(rising)
                            .limit(limit)));
    List<Entry> entries = response.items().stream().map(EntryItem::entry).toList();
    return new Slice(rising ? entries : entries.reversed(), !response.hasLastEvaluatedKey());
  }
}
