package io.roomlog.local.tables;

import io.roomlog.local.deployment.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The secondary indexes of a table, as the template says them or as they are stored.
 *
 * @param global those with a partition key of their own
 * @param local those with the table's
 */
record Indexes(Set<Index> global, Set<Index> local) {

  /** One of them; whatever order it was written in, it is the same. */
  record Index(String name, List<KeySchemaElement> keys, String projection, Set<String> included) {

    private static Index of(Table.Index index) {
      return new Index(
          index.name(),
          TableCreation.schema(index.keys()),
          index.projection(),
          Set.copyOf(index.included()));
    }

    private static Index of(String name, List<KeySchemaElement> keys, Projection projection) {
      return new Index(
          name,
          List.copyOf(keys),
          projection.projectionTypeAsString(),
          Set.copyOf(projection.nonKeyAttributes()));
    }

    private Projection stored() {
      Projection.Builder stored = Projection.builder().projectionType(projection);
      return included.isEmpty()
          ? stored.build()
          : stored.nonKeyAttributes(List.copyOf(included)).build();
    }
  }

  static Indexes of(Table table) {
    return new Indexes(
        table.indexes().stream().filter(Table.Index::global).map(Index::of).collect(set()),
        table.indexes().stream().filter(index -> !index.global()).map(Index::of).collect(set()));
  }

  static Indexes of(TableDescription stored) {
    return new Indexes(
        stored.globalSecondaryIndexes().stream()
            .map(index -> Index.of(index.indexName(), index.keySchema(), index.projection()))
            .collect(set()),
        stored.localSecondaryIndexes().stream()
            .map(index -> Index.of(index.indexName(), index.keySchema(), index.projection()))
            .collect(set()));
  }

  private static Collector<Index, ?, Set<Index>> set() {
    return Collectors.toUnmodifiableSet();
  }

  /** An empty list of indexes is an error to DynamoDB, so what there is none of is left out. */
  void addTo(CreateTableRequest.Builder request) {
    if (!global.isEmpty()) {
      request.globalSecondaryIndexes(
          global.stream()
              .map(
                  index ->
                      GlobalSecondaryIndex.builder()
                          .indexName(index.name())
                          .keySchema(index.keys())
                          .projection(index.stored())
                          .build())
              .toList());
    }
    if (!local.isEmpty()) {
      request.localSecondaryIndexes(
          local.stream()
              .map(
                  index ->
                      LocalSecondaryIndex.builder()
                          .indexName(index.name())
                          .keySchema(index.keys())
                          .projection(index.stored())
                          .build())
              .toList());
    }
  }
}
