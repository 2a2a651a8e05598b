package io.roomlog.core.testing;

import static software.amazon.awssdk.services.dynamodb.model.KeyType.HASH;
import static software.amazon.awssdk.services.dynamodb.model.KeyType.RANGE;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.N;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.S;

import io.roomlog.core.dynamo.DynamoLogStore;
import io.roomlog.core.dynamo.DynamoMembership;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/**
 * The tables of the template in one DynamoDB Local for all tests of a JVM, and a fresh set of them
 * for each test.
 */
public final class TestTables {

  private static final AtomicInteger SETS = new AtomicInteger();

  private static final class Embedded {
    static final DynamoDbClient CLIENT = DynamoDBEmbedded.create(true).dynamoDbClient();
  }

  private final String prefix = "set" + SETS.incrementAndGet() + "-";

  private TestTables() {
    create("rooms", "room", S, null);
    create("messages", "room", S, "position");
    create("sends", "send", S, null);
    create("connections", "pk", S, "sk");
  }

  /** Empty tables. */
  public static TestTables fresh() {
    return new TestTables();
  }

  /** The client. */
  public DynamoDbClient dynamo() {
    return Embedded.CLIENT;
  }

  /** The name of a table in this set. */
  public String name(String table) {
    return prefix + table;
  }

  /** The log on these tables. */
  public DynamoLogStore logStore() {
    return new DynamoLogStore(dynamo(), name("rooms"), name("messages"), name("sends"));
  }

  /** The membership on these tables. */
  public DynamoMembership membership() {
    return new DynamoMembership(dynamo(), name("rooms"), name("connections"), new Random(1));
  }

  private void create(String table, String hash, ScalarAttributeType type, @Nullable String range) {
    List<AttributeDefinition> attributes = new ArrayList<>(List.of(attribute(hash, type)));
    List<KeySchemaElement> keys =
        new ArrayList<>(
            List.of(KeySchemaElement.builder().attributeName(hash).keyType(HASH).build()));
    if (range != null) {
      attributes.add(attribute(range, range.equals("position") ? N : S));
      keys.add(KeySchemaElement.builder().attributeName(range).keyType(RANGE).build());
    }
    dynamo()
        .createTable(
            request ->
                request
                    .tableName(name(table))
                    .attributeDefinitions(attributes)
                    .keySchema(keys)
                    .billingMode(BillingMode.PAY_PER_REQUEST));
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }
}
