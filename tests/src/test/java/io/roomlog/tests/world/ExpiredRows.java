package io.roomlog.tests.world;

import io.roomlog.core.RoomName;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Rows of memberships that have expired and are not deleted yet: they make a room big, and nobody
 * is there. Their expiry is so long ago that DynamoDB never deletes them (five years:
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html).
 */
public final class ExpiredRows {

  private static final int BATCH_MAX = 25;

  private final DynamoDbClient dynamo;
  private final String table;
  private final RoomName room;
  private final int count;

  ExpiredRows(DynamoDbClient dynamo, String table, RoomName room, int count) {
    this.dynamo = dynamo;
    this.table = table;
    this.room = room;
    this.count = count;
  }

  /** Writes them. */
  public void put() {
    write(ids().map(id -> WriteRequest.builder().putRequest(put -> put.item(item(id))).build()));
  }

  /** Deletes them. */
  public void delete() {
    write(ids().map(id -> WriteRequest.builder().deleteRequest(each -> each.key(key(id))).build()));
  }

  private Stream<String> ids() {
    return IntStream.range(0, count).mapToObj(i -> "expired" + i + "=");
  }

  private void write(Stream<WriteRequest> requests) {
    requests
        .gather(Gatherers.windowFixed(BATCH_MAX))
        .forEach(
            (List<WriteRequest> batch) ->
                dynamo.batchWriteItem(request -> request.requestItems(Map.of(table, batch))));
  }

  private Map<String, AttributeValue> key(String id) {
    return Map.of("pk", text(room + "#0"), "sk", text(id));
  }

  private Map<String, AttributeValue> item(String id) {
    return Map.of(
        "pk", text(room + "#0"),
        "sk", text(id),
        "d", text("p"),
        "j", AttributeValue.fromN("1"),
        "r", text("none"),
        "e", AttributeValue.fromN("1"));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
