package io.roomlog.core.dynamo;

import static io.roomlog.core.dynamo.Calls.calling;

import io.roomlog.core.RoomName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads the rows of memberships, consistently. */
final class MemberQueries {

  /** Shards of one room that are read at once: half of what the fan-out's client has open. */
  static final int SHARDS_AT_ONCE = 64;

  private final DynamoDbClient dynamo;
  private final String table;

  MemberQueries(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** What a caller makes of a row, before the next page is read: rows are several times larger. */
  @FunctionalInterface
  interface Reading<T> {
    T of(int shard, Map<String, AttributeValue> row);
  }

  /**
   * The rows of each shard of a room, in the shards' order. Shards are read side by side; whoever
   * takes no more of them ends the reading.
   *
   * @param most rows of a shard, at which its reading ends
   */
  <T> Stream<List<T>> concurrently(RoomName room, int shards, int most, Reading<T> reading) {
    return IntStream.range(0, shards)
        .boxed()
        .gather(
            Gatherers.mapConcurrent(
                Math.min(shards, SHARDS_AT_ONCE),
                shard ->
                    of(MemberItem.partition(room, shard), most, row -> reading.of(shard, row))));
  }

  /** One row; empty if it is not there. */
  Map<String, AttributeValue> row(Map<String, AttributeValue> key) {
    return calling(
        "GetItem connections",
        () ->
            dynamo
                .getItem(request -> request.tableName(table).key(key).consistentRead(true))
                .item());
  }

  /**
   * The rows of a partition, page after page: the next page begins where the last one ended.
   *
   * @param most rows at which the reading ends
   */
  <T> List<T> of(String partition, int most, Function<Map<String, AttributeValue>, T> reading) {
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression("pk = :pk")
            .expressionAttributeValues(Map.of(":pk", Items.string(partition)));
    if (most < Integer.MAX_VALUE) {
      request.limit(most);
    }
    List<T> rows = new ArrayList<>();
    QueryResponse page;
    do {
      page = calling("Query connections", () -> dynamo.query(request.build()));
      page.items().stream().map(reading).forEach(rows::add);
      request.exclusiveStartKey(page.lastEvaluatedKey());
    } while (page.hasLastEvaluatedKey() && rows.size() < most);
    return rows;
  }
}
