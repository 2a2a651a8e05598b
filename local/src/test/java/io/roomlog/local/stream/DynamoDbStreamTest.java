package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.functions.Functions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** The whole way from a table of DynamoDB Local to the event that a function reads. */
@Timeout(120)
class DynamoDbStreamTest {
  private static final Pace FAST = Pace.LAMBDA.polling(Duration.ofMillis(5));

  private final List<DynamodbEvent> events = new CopyOnWriteArrayList<>();
  private AmazonDynamoDBLocal dynamoDb;
  private String streamArn;

  @TempDir Path folder;

  @BeforeEach
  void makeTable() {
    boot();
    var table =
        dynamoDb
            .dynamoDbClient()
            .createTable(
                request ->
                    request
                        .tableName("messages")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                            attribute("room", ScalarAttributeType.S),
                            attribute("position", ScalarAttributeType.N))
                        .keySchema(key("room", KeyType.HASH), key("position", KeyType.RANGE))
                        .streamSpecification(
                            stream ->
                                stream
                                    .streamEnabled(true)
                                    .streamViewType(StreamViewType.NEW_IMAGE)));
    streamArn = table.tableDescription().latestStreamArn();
  }

  private void boot() {
    dynamoDb = DynamoDBEmbedded.create(folder.resolve("tables.db").toFile(), true);
  }

  @AfterEach
  void shutDown() {
    dynamoDb.shutdown();
  }

  @Test
  void anInsertReachesTheFunctionAsTheEventThatItsClassReads() throws Exception {
    try (var mappings = mappings(new InMemoryCheckpoints())) {
      mappings.start(deployment(), Map.of("MessagesTable", streamArn));
      put("lobby", 1, "hello");
      Eventually.await("one record arrives", () -> records() == 1);
    }
    var record = events.getFirst().getRecords().getFirst();
    assertThat(record.getEventName()).isEqualTo("INSERT");
    assertThat(record.getEventVersion()).isEqualTo("1.1");
    assertThat(record.getEventSource()).isEqualTo("aws:dynamodb");
    assertThat(record.getEventSourceARN()).isEqualTo(streamArn);
    assertThat(record.getAwsRegion()).isNotEmpty();
    assertThat(record.getEventID()).isNotEmpty();
    var change = record.getDynamodb();
    assertThat(change.getKeys()).containsOnlyKeys("room", "position");
    assertThat(attribute(change.getKeys(), "position").getN()).isEqualTo("1");
    assertThat(attribute(change.getNewImage(), "data").getS()).isEqualTo("hello");
    assertThat(attribute(change.getNewImage(), "tags").getL()).isEmpty();
    assertThat(change.getSequenceNumber()).containsOnlyDigits();
    assertThat(change.getSizeBytes()).isPositive();
    assertThat(change.getStreamViewType()).isEqualTo("NEW_IMAGE");
    assertThat(change.getApproximateCreationDateTime()).isNotNull();
  }

  @Test
  void aRunStartedAgainOnKeptTablesPushesOnlyWhatIsNew() throws Exception {
    try (var mappings = mappings(new FileCheckpoints(folder.resolve("checkpoints")))) {
      mappings.start(deployment(), Map.of("MessagesTable", streamArn));
      put("lobby", 1, "before");
      Eventually.await("one record arrives", () -> records() == 1);
    }
    put("lobby", 2, "while stopped");
    dynamoDb.shutdown();
    boot();
    try (var mappings = mappings(new FileCheckpoints(folder.resolve("checkpoints")))) {
      mappings.start(deployment(), Map.of("MessagesTable", streamArn));
      put("lobby", 3, "after");
      Eventually.await("three records arrived", () -> records() == 3);
    }
    assertThat(events)
        .flatExtracting(DynamodbEvent::getRecords)
        .extracting(record -> attribute(record.getDynamodb().getKeys(), "position").getN())
        .containsExactly("1", "2", "3");
  }

  private static com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue
      attribute(
          Map<String, com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue>
              item,
          String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  private int records() {
    return events.stream().mapToInt(event -> event.getRecords().size()).sum();
  }

  private EventSourceMappings mappings(CheckpointStore checkpoints) {
    return new EventSourceMappings(
        new DynamoDbStreamSource(dynamoDb.dynamoDbStreamsClient(), Duration.ofMinutes(1)),
        this::invoke,
        (queue, body) -> {},
        checkpoints,
        FAST,
        InstantSource.system(),
        new Random(1));
  }

  private Functions.Outcome invoke(String function, String event) {
    var serializer =
        LambdaEventSerializers.serializerFor(
            DynamodbEvent.class, DynamodbEvent.class.getClassLoader());
    events.add(
        serializer.fromJson(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8))));
    return new Functions.Outcome.Returned("{\"batchItemFailures\":[]}");
  }

  private static Deployment deployment() {
    return Deployments.with(
        Deployments.mapping().filterPatterns("{\"eventName\":[\"INSERT\"]}").build());
  }

  private void put(String room, int position, String data) {
    dynamoDb
        .dynamoDbClient()
        .putItem(
            request ->
                request
                    .tableName("messages")
                    .item(
                        Map.of(
                            "room", AttributeValue.fromS(room),
                            "position", AttributeValue.fromN(Integer.toString(position)),
                            "tags", AttributeValue.fromL(List.of()),
                            "data", AttributeValue.fromS(data))));
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
