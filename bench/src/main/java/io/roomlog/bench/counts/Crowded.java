package io.roomlog.bench.counts;

import io.roomlog.bench.Connections;
import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.membership.Shards;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Fills a room: one connection joins, and the row that this left is put again for each of the
 * others. Ten thousand joins, a transaction each, would take minutes.
 */
final class Crowded {

  private static final int BATCH_ITEMS_MAX = 25;

  private final DynamoDbClient dynamo;
  private final String table;

  Crowded(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** So many connections join, spread over as many shards as the room would have grown to. */
  void fill(Membership membership, RoomName room, int connections, Dialect dialect, Instant now) {
    int shards = Shards.wanted(connections, 1);
    if (shards > 1) {
      membership.grow(room, shards);
    }
    membership.join(room, Connections.of("c", 0, dialect, now));
    Map<String, AttributeValue> row =
        dynamo.scan(request -> request.tableName(table)).items().stream()
            .filter(item -> text(item, "pk").startsWith(room + "#"))
            .findFirst()
            .orElseThrow();
    List<WriteRequest> rows =
        IntStream.range(1, connections)
            .mapToObj(i -> like(row, room, Connections.of("c", i, dialect, now), shards))
            .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
            .toList();
    for (int from = 0; from < rows.size(); from += BATCH_ITEMS_MAX) {
      var batch =
          new ArrayList<>(rows.subList(from, Math.min(rows.size(), from + BATCH_ITEMS_MAX)));
      dynamo.batchWriteItem(request -> request.requestItems(Map.of(table, batch)));
    }
  }

  private static Map<String, AttributeValue> like(
      Map<String, AttributeValue> row, RoomName room, Connection connection, int shards) {
    Map<String, AttributeValue> other = new HashMap<>(row);
    other.put("pk", AttributeValue.fromS(room + "#" + Shards.of(connection.id(), shards)));
    other.put("sk", AttributeValue.fromS(connection.id()));
    return other;
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return item.getOrDefault(name, AttributeValue.fromS("")).s();
  }
}
