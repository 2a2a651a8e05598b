package io.roomlog.local.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.deployment.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

class TablesServerTest {
  private static final Table ROOMS = table("Rooms", null, null, null);
  private static final Table MESSAGES =
      table("Messages", new Table.Key("position", "N"), "NEW_IMAGE", null);
  private static final Table SENDS = table("Sends", null, null, "expiresAt");

  @TempDir private Path temporary;

  @Test
  void aTableHasTheKeysAndTheExpiryOfItsDeployment() {
    try (TablesServer tables = TablesServer.inMemory(UnaryOperator.identity())) {
      tables.create(List.of(ROOMS, MESSAGES, SENDS));
      try (DynamoDbClient client = client(tables, "ASIAONE")) {
        assertThat(client.listTables().tableNames())
            .containsExactlyInAnyOrder("stack-Rooms", "stack-Messages", "stack-Sends");
        assertThat(client.describeTable(r -> r.tableName("stack-Messages")).table().keySchema())
            .extracting(k -> k.attributeName() + " " + k.keyTypeAsString())
            .containsExactly("room HASH", "position RANGE");
        assertThat(
                client
                    .describeTimeToLive(r -> r.tableName("stack-Sends"))
                    .timeToLiveDescription()
                    .attributeName())
            .isEqualTo("expiresAt");
      }
    }
  }

  @Test
  void aTableHasTheIndexesOfItsDeployment() {
    Table table = indexed("KEYS_ONLY", List.of());
    try (TablesServer tables = TablesServer.inMemory(UnaryOperator.identity())) {
      tables.create(List.of(table));
      tables.create(List.of(table));
      try (DynamoDbClient client = client(tables, "ASIAONE")) {
        client.putItem(
            r ->
                r.tableName("stack-Indexed")
                    .item(
                        Map.of(
                            "room", AttributeValue.fromS("lobby"),
                            "position", AttributeValue.fromN("1"),
                            "sender", AttributeValue.fromS("ann"),
                            "at", AttributeValue.fromN("7"),
                            "data", AttributeValue.fromS("not projected"))));
        for (String index : List.of("bySender", "byTime")) {
          String key = index.equals("bySender") ? "sender = :ann" : "room = :lobby";
          String name = index.equals("bySender") ? ":ann" : ":lobby";
          assertThat(
                  client
                      .query(
                          r ->
                              r.tableName("stack-Indexed")
                                  .indexName(index)
                                  .keyConditionExpression(key)
                                  .expressionAttributeValues(
                                      Map.of(name, AttributeValue.fromS(name.substring(1)))))
                      .items())
              .singleElement()
              .satisfies(item -> assertThat(item).containsKey("room").doesNotContainKey("data"));
        }
      }
    }
  }

  @Test
  void aStoredTableWithOtherIndexesIsNamedAndNotUsed() {
    try (TablesServer tables = TablesServer.inMemory(UnaryOperator.identity())) {
      tables.create(List.of(indexed("KEYS_ONLY", List.of())));
      assertThatThrownBy(() -> tables.create(List.of(indexed("INCLUDE", List.of("data")))))
          .isInstanceOf(TablesStartException.class)
          .hasMessageContaining("indexes other than the template's");
    }
  }

  private static Table indexed(String projection, List<String> included) {
    Table.Key room = new Table.Key("room", "S");
    Table.Key at = new Table.Key("at", "N");
    return new Table(
        "Indexed",
        "stack-Indexed",
        room,
        new Table.Key("position", "N"),
        null,
        null,
        List.of(
            new Table.Index(
                "bySender", true, List.of(new Table.Key("sender", "S"), at), projection, included),
            new Table.Index("byTime", false, List.of(room, at), projection, included)));
  }

  @Test
  void theStreamArnIsTheOneThatTheStreamIsReadBy() {
    try (TablesServer tables = TablesServer.inMemory(UnaryOperator.identity())) {
      Map<String, String> streams = tables.create(List.of(ROOMS, MESSAGES));
      assertThat(streams).containsOnlyKeys("Messages");
      try (DynamoDbStreamsClient client = streamsClient(tables)) {
        assertThat(
                client
                    .describeStream(r -> r.streamArn(streams.get("Messages")))
                    .streamDescription()
                    .streamViewTypeAsString())
            .isEqualTo("NEW_IMAGE");
      }
    }
  }

  @Test
  void everyAccessKeySeesTheSameTables() {
    try (TablesServer tables = TablesServer.inMemory(UnaryOperator.identity())) {
      tables.create(List.of(ROOMS));
      try (DynamoDbClient one = client(tables, "ASIAONE");
          DynamoDbClient other = client(tables, "ASIATWO")) {
        one.putItem(r -> r.tableName("stack-Rooms").item(room("lobby")));
        assertThat(other.scan(r -> r.tableName("stack-Rooms")).items()).hasSize(1);
      }
    }
  }

  @Test
  void aFolderKeepsItsTablesAndItsStream() {
    Map<String, String> before;
    try (DataFolder folder = DataFolder.hold(temporary);
        TablesServer tables = TablesServer.in(folder, UnaryOperator.identity())) {
      before = tables.create(List.of(ROOMS, MESSAGES));
      try (DynamoDbClient client = client(tables, "ASIAONE")) {
        client.putItem(r -> r.tableName("stack-Rooms").item(room("lobby")));
      }
    }
    try (DataFolder folder = DataFolder.hold(temporary);
        TablesServer tables = TablesServer.in(folder, UnaryOperator.identity())) {
      assertThat(tables.create(List.of(ROOMS, MESSAGES))).isEqualTo(before);
      try (DynamoDbClient client = client(tables, "ASIAONE")) {
        assertThat(client.scan(r -> r.tableName("stack-Rooms")).items()).hasSize(1);
      }
    }
  }

  @Test
  void aStoredTableWithOtherKeysIsNamedAndNotUsed() {
    try (DataFolder folder = DataFolder.hold(temporary);
        TablesServer tables = TablesServer.in(folder, UnaryOperator.identity())) {
      tables.create(List.of(table("Messages", null, "NEW_IMAGE", null)));
      assertThatThrownBy(() -> tables.create(List.of(MESSAGES)))
          .isInstanceOf(TablesStartException.class)
          .hasMessage(
              "table Messages is stored with keys other than the template's:"
                  + " choose another folder with --data");
    }
  }

  @Test
  void aStoredTableWithoutTheStreamIsNamedAndNotUsed() {
    try (DataFolder folder = DataFolder.hold(temporary);
        TablesServer tables = TablesServer.in(folder, UnaryOperator.identity())) {
      tables.create(List.of(table("Messages", new Table.Key("position", "N"), null, null)));
      assertThatThrownBy(() -> tables.create(List.of(MESSAGES)))
          .hasMessageContaining("table Messages is stored with a stream other than");
    }
  }

  private static Map<String, AttributeValue> room(String name) {
    return Map.of("room", AttributeValue.fromS(name));
  }

  private static Table table(
      String id, Table.@Nullable Key range, @Nullable String stream, @Nullable String ttl) {
    return new Table(id, "stack-" + id, new Table.Key("room", "S"), range, stream, ttl);
  }

  private static DynamoDbClient client(TablesServer tables, String accessKey) {
    return DynamoDbClient.builder()
        .endpointOverride(tables.endpoint())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(credentials(accessKey))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static DynamoDbStreamsClient streamsClient(TablesServer tables) {
    return DynamoDbStreamsClient.builder()
        .endpointOverride(tables.endpoint())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(credentials("ASIAONE"))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static StaticCredentialsProvider credentials(String accessKey) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret"));
  }
}
