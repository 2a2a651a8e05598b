package io.roomlog.local.tables;

import io.roomlog.local.deployment.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;

/** Makes the tables what the deployment says, or says which one cannot be. */
final class TableCreation {
  private final DynamoDbClient client;

  TableCreation(DynamoDbClient client) {
    this.client = client;
  }

  Map<String, String> createMissing(List<Table> tables) {
    Map<String, String> streams = new HashMap<>();
    for (Table table : tables) {
      TableDescription stored = existing(table).orElseGet(() -> create(table));
      requireSame(table, stored);
      table.ttl().ifPresent(attribute -> expireBy(table, attribute));
      if (table.streamView() != null) {
        streams.put(table.logicalId(), stored.latestStreamArn());
      }
    }
    return Map.copyOf(streams);
  }

  private Optional<TableDescription> existing(Table table) {
    try {
      return Optional.of(client.describeTable(r -> r.tableName(table.name())).table());
    } catch (ResourceNotFoundException notYet) {
      return Optional.empty();
    }
  }

  private TableDescription create(Table table) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(table.name())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(attributes(table))
            .keySchema(schema(table.keys()));
    Indexes.of(table).addTo(request);
    if (table.streamView() != null) {
      request.streamSpecification(s -> s.streamEnabled(true).streamViewType(table.streamView()));
    }
    return client.createTable(request.build()).tableDescription();
  }

  private static AttributeDefinition attribute(Table.Key key) {
    return AttributeDefinition.builder()
        .attributeName(key.attribute())
        .attributeType(key.type())
        .build();
  }

  /** Those of the table's own keys and of its indexes', each once. */
  private static List<AttributeDefinition> attributes(Table table) {
    return Stream.concat(
            table.keys().stream(), table.indexes().stream().flatMap(index -> index.keys().stream()))
        .distinct()
        .map(TableCreation::attribute)
        .toList();
  }

  static List<KeySchemaElement> schema(List<Table.Key> keys) {
    List<KeySchemaElement> schema = new ArrayList<>();
    for (Table.Key key : keys) {
      KeyType type = schema.isEmpty() ? KeyType.HASH : KeyType.RANGE;
      schema.add(KeySchemaElement.builder().attributeName(key.attribute()).keyType(type).build());
    }
    return schema;
  }

  private static void requireSame(Table table, TableDescription stored) {
    if (!stored.keySchema().equals(schema(table.keys()))
        || !List.copyOf(stored.attributeDefinitions()).containsAll(attributes(table))) {
      throw differs(table, "keys");
    }
    if (!Indexes.of(table).equals(Indexes.of(stored))) {
      throw differs(table, "indexes");
    }
    StreamSpecification stream = stored.streamSpecification();
    String view = stream == null ? null : stream.streamViewTypeAsString();
    if (table.streamView() != null && !table.streamView().equals(view)) {
      throw differs(table, "a stream");
    }
  }

  private static TablesStartException differs(Table table, String what) {
    return new TablesStartException(
        "table %s is stored with %s other than the template's: choose another folder with --data"
            .formatted(table.logicalId(), what),
        null);
  }

  private void expireBy(Table table, String attribute) {
    TimeToLiveDescription stored =
        client.describeTimeToLive(r -> r.tableName(table.name())).timeToLiveDescription();
    if (!attribute.equals(stored.attributeName())) {
      client.updateTimeToLive(
          r ->
              r.tableName(table.name())
                  .timeToLiveSpecification(t -> t.attributeName(attribute).enabled(true)));
    }
  }
}
