package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

class DynamoDbStreamSourceTest extends StreamSourceContract {
  private static AmazonDynamoDBLocal dynamoDb;
  private String table;
  private String streamArn;

  @BeforeAll
  static void boot() {
    dynamoDb = DynamoDBEmbedded.create(true);
  }

  @AfterAll
  static void shutDown() {
    dynamoDb.shutdown();
  }

  @BeforeEach
  void makeTable(TestInfo test) {
    table = test.getTestMethod().orElseThrow().getName();
    streamArn =
        dynamoDb
            .dynamoDbClient()
            .createTable(
                request ->
                    request
                        .tableName(table)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                            AttributeDefinition.builder()
                                .attributeName("item")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(
                            KeySchemaElement.builder()
                                .attributeName("item")
                                .keyType(KeyType.HASH)
                                .build())
                        .streamSpecification(
                            stream ->
                                stream
                                    .streamEnabled(true)
                                    .streamViewType(StreamViewType.NEW_IMAGE)))
            .tableDescription()
            .latestStreamArn();
  }

  @Override
  StreamSource source() {
    return new DynamoDbStreamSource(dynamoDb.dynamoDbStreamsClient(), Duration.ofMinutes(1));
  }

  @Override
  String streamArn() {
    return streamArn;
  }

  @Override
  void write(String item) {
    dynamoDb
        .dynamoDbClient()
        .putItem(
            request -> request.tableName(table).item(Map.of("item", AttributeValue.fromS(item))));
  }

  @Test
  void anUnknownStreamIsUnavailable() {
    var unknown = streamArn.replace(table, "unknown");
    assertThatThrownBy(() -> source().shards(unknown))
        .isInstanceOf(StreamUnavailableException.class)
        .hasMessageStartingWith("DescribeStream failed: ");
  }
}
