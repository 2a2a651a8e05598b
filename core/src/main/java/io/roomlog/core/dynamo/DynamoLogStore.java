package io.roomlog.core.dynamo;

import static io.roomlog.core.dynamo.Calls.calling;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Marker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
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
public final class DynamoLogStore implements LogStore {

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
  public long claim(RoomName room, int count, Instant at) {
    return counters.claim(room, count, at);
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
  public Put put(RoomName room, Entry entry) {
    try {
      calling(
          "PutItem messages",
          () ->
              dynamo.putItem(
                  request ->
                      request
                          .tableName(messages)
                          .item(EntryItem.of(room, entry))
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
  public Put put(RoomName room, Entry.Message message, Marker marker) {
    try {
      calling(
          "TransactWriteItems messages, sends",
          () ->
              dynamo.transactWriteItems(
                  request ->
                      request.transactItems(
                          entryOf(room, message), markers.put(marker, message.at()))));
      return new Put.Written();
    } catch (TransactionCanceledException e) {
      return cancelled(message, marker.key(), e);
    }
  }

  private TransactWriteItem entryOf(RoomName room, Entry.Message message) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(messages)
                    .item(EntryItem.of(room, message))
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
  public Optional<Marker> marker(Marker.Key key, Instant now) {
    return markers.read(key, now);
  }

  @Override
  public List<Entry> entries(RoomName room, long after, int limit) {
    return query(
            QueryRequest.builder()
                .tableName(messages)
                .consistentRead(true)
                .keyConditionExpression("room = :room AND #position > :after")
                .expressionAttributeNames(Map.of("#position", EntryItem.POSITION))
                .expressionAttributeValues(
                    Map.of(":room", Items.string(room.value()), ":after", Items.number(after)))
                .limit(limit)
                .build(),
            limit)
        .stream()
        .map(EntryItem::entry)
        .toList();
  }

  @Override
  public Optional<Entry> last(RoomName room) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(messages)
            .consistentRead(true)
            .keyConditionExpression("room = :room")
            .expressionAttributeValues(Map.of(":room", Items.string(room.value())))
            .scanIndexForward(false)
            .limit(1)
            .build();
    return query(request, 1).stream().findFirst().map(EntryItem::entry);
  }

  /** A query ends at 1 MB however few items that is, so a page may take several. */
  private List<Map<String, AttributeValue>> query(QueryRequest first, int limit) {
    QueryResponse response = calling("Query messages", () -> dynamo.query(first));
    if (response.items().size() >= limit || !response.hasLastEvaluatedKey()) {
      return response.items();
    }
    List<Map<String, AttributeValue>> items = new ArrayList<>(response.items());
    while (items.size() < limit && response.hasLastEvaluatedKey()) {
      QueryRequest next =
          first.toBuilder()
              .exclusiveStartKey(response.lastEvaluatedKey())
              .limit(limit - items.size())
              .build();
      response = calling("Query messages", () -> dynamo.query(next));
      items.addAll(response.items());
    }
    return items;
  }
}
