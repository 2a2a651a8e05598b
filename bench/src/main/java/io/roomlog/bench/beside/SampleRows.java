package io.roomlog.bench.beside;

import io.roomlog.tests.world.World;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The sample's table, which knows one room only: whoever is in it gets everything. */
final class SampleRows {

  private static final int BATCH_MAX = 25;

  private final DynamoDbClient dynamo;
  private final String table;

  SampleRows(World world) {
    this.table = Objects.requireNonNull(world.run().tableNames().get("SampleTable"));
    this.dynamo = world.dynamo();
  }

  /** Makes these and no others be in it. */
  void set(List<String> connectionIds) {
    List<Map<String, AttributeValue>> rows =
        dynamo.scanPaginator(scan -> scan.tableName(table)).items().stream().toList();
    write(
        rows.stream()
            .map(row -> WriteRequest.builder().deleteRequest(each -> each.key(row)).build()));
    write(
        connectionIds.stream()
            .map(id -> Map.of("connectionId", AttributeValue.fromS(id)))
            .map(row -> WriteRequest.builder().putRequest(put -> put.item(row)).build()));
  }

  private void write(Stream<WriteRequest> requests) {
    requests
        .gather(Gatherers.windowFixed(BATCH_MAX))
        .forEach(
            (List<WriteRequest> batch) ->
                dynamo.batchWriteItem(request -> request.requestItems(Map.of(table, batch))));
  }
}
