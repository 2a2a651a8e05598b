package io.roomlog.local.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.deployment.Table;
import io.roomlog.local.stream.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

@Timeout(60)
class StaleReadsTest {
  private static final String KEY = "ASIALOCAL00000000001";
  private static final Table MEMBERS =
      new Table(
          "Members",
          "stack-Members",
          new Table.Key("room", "S"),
          new Table.Key("seat", "N"),
          null,
          null);
  private static final AttributeValue NONE = AttributeValue.fromS("none");
  private static final Duration FOR_GOOD = Duration.ofDays(1);

  private final TableFaults faults = struckBy(1.0, 1);
  private final List<StaleReads> fronts = new ArrayList<>();
  private final TablesServer tables =
      TablesServer.inMemory(
          behind -> {
            StaleReads front = new StaleReads(behind, Set.of(KEY), faults);
            fronts.add(front);
            return front;
          });
  private final DynamoDbClient function = client();
  private final DynamoDbClient operator = tables.client();
  private Replica replica = lagging(FOR_GOOD);

  private Replica lagging(Duration lag) {
    tables.create(List.of(MEMBERS));
    Replica lagging = Replica.of(tables, List.of(MEMBERS), lag);
    fronts.getFirst().readFrom(lagging);
    return lagging;
  }

  private void startAgainLagging(Duration lag) {
    replica.close();
    replica = lagging(lag);
  }

  @AfterEach
  void close() {
    function.close();
    operator.close();
    replica.close();
    tables.close();
  }

  @Test
  void aReadMayMissWhatWasWrittenLast() {
    put(function, 1, "a");
    assertThat(name(1, false)).isEqualTo("none");
    assertThat(strikes()).isEqualTo(1);
  }

  @Test
  void aStronglyConsistentReadMissesNothing() {
    put(function, 1, "a");
    assertThat(name(1, true)).isEqualTo("a");
    assertThat(query(true)).containsExactly("a");
    assertThat(strikes()).isZero();
  }

  @Test
  void aTransactionMissesNothing() {
    put(function, 1, "a");
    TransactGetItem read =
        TransactGetItem.builder().get(g -> g.tableName(MEMBERS.name()).key(key(1))).build();
    assertThat(function.transactGetItems(r -> r.transactItems(read)).responses().getFirst().item())
        .isEqualTo(item(1, "a"));
    assertThat(strikes()).isZero();
  }

  @Test
  void aQueryHasWhatWasChangedAsItWasAndWhatWasDeletedStill() {
    put(operator, 1, "changed");
    put(operator, 2, "deleted");
    startAgainLagging(FOR_GOOD);
    put(function, 1, "anew");
    function.deleteItem(r -> r.tableName(MEMBERS.name()).key(key(2)));
    put(function, 3, "added");
    assertThat(query(true)).containsExactly("anew", "added");
    assertThat(query(false)).containsExactly("changed", "deleted");
    assertThat(strikes()).isEqualTo(1);
  }

  @Test
  void aFilterAndAProjectionSeeWhatTheReadSees() {
    put(operator, 1, "old");
    startAgainLagging(FOR_GOOD);
    put(function, 1, "new");
    assertThat(
            function
                .query(
                    r ->
                        r.tableName(MEMBERS.name())
                            .keyConditionExpression("room = :r")
                            .filterExpression("#n = :n")
                            .projectionExpression("#n")
                            .expressionAttributeNames(Map.of("#n", "name"))
                            .expressionAttributeValues(
                                Map.of(
                                    ":r", AttributeValue.fromS("r"),
                                    ":n", AttributeValue.fromS("old"))))
                .items())
        .containsExactly(Map.of("name", AttributeValue.fromS("old")));
  }

  @Test
  void aBatchMayMissWhatWasWrittenLastUnlessOneOfItsTablesIsReadConsistently() {
    put(function, 1, "a");
    assertThat(batch(false)).isEmpty();
    assertThat(batch(true)).hasSize(1);
    assertThat(strikes()).isEqualTo(1);
  }

  @Test
  void aScanMayMissWhatWasWrittenLast() {
    put(function, 1, "a");
    assertThat(function.scan(r -> r.tableName(MEMBERS.name())).items()).isEmpty();
  }

  @Test
  void anAnswerThatIsTheSameIsNotCounted() {
    put(operator, 1, "a");
    startAgainLagging(FOR_GOOD);
    put(function, 2, "b");
    assertThat(name(1, false)).isEqualTo("a");
    assertThat(strikes()).isZero();
  }

  @Test
  void whoIsNoFunctionReadsWhatIsThere() {
    put(operator, 1, "a");
    assertThat(operator.getItem(r -> r.tableName(MEMBERS.name()).key(key(1))).hasItem()).isTrue();
    assertThat(strikes()).isZero();
  }

  @Test
  void everyKindOfWriteIsSeenInTheEnd() throws Exception {
    startAgainLagging(Duration.ofMillis(1));
    put(function, 1, "put");
    awaitSeen("put");
    function.updateItem(
        r ->
            r.tableName(MEMBERS.name())
                .key(key(1))
                .updateExpression("SET #n = :n")
                .expressionAttributeNames(Map.of("#n", "name"))
                .expressionAttributeValues(Map.of(":n", AttributeValue.fromS("updated"))));
    awaitSeen("updated");
    function.deleteItem(r -> r.tableName(MEMBERS.name()).key(key(1)));
    awaitSeen();
    transact(t -> t.put(p -> p.tableName(MEMBERS.name()).item(item(1, "transaction"))));
    awaitSeen("transaction");
    write(WriteRequest.builder().putRequest(p -> p.item(item(2, "batch"))).build());
    awaitSeen("transaction", "batch");
    write(WriteRequest.builder().deleteRequest(d -> d.key(key(1))).build());
    awaitSeen("batch");
    transact(
        t ->
            t.update(
                u ->
                    u.tableName(MEMBERS.name())
                        .key(key(2))
                        .updateExpression("SET #n = :n")
                        .expressionAttributeNames(Map.of("#n", "name"))
                        .expressionAttributeValues(Map.of(":n", AttributeValue.fromS("again")))));
    awaitSeen("again");
    transact(t -> t.delete(d -> d.tableName(MEMBERS.name()).key(key(2))));
    awaitSeen();
    put(operator, 3, "an operator's");
    awaitSeen("an operator's");
  }

  @Test
  void beyondTheItemsThatMayWaitTheOldestIsSeenAtOnce() throws Exception {
    for (int first = 0; first < Replica.PENDING_MAX; first += 25) {
      write(
          IntStream.range(first, first + 25)
              .mapToObj(
                  seat ->
                      WriteRequest.builder()
                          .putRequest(p -> p.item(item(seat, "n" + seat)))
                          .build())
              .toArray(WriteRequest[]::new));
    }
    // The answer to a write may be there before the replica has been told of all of it.
    Eventually.await("all wait", () -> replica.pending() == Replica.PENDING_MAX);
    assertThat(query(false)).isEmpty();
    put(function, Replica.PENDING_MAX, "one more");
    Eventually.await("the oldest is seen", () -> query(false).equals(List.of("n0")));
    Eventually.await("the others wait", () -> replica.pending() == Replica.PENDING_MAX);
  }

  @Test
  void oneSeedStrikesTheSameReads() {
    assertThat(drawn(1)).isEqualTo(drawn(1)).isNotEqualTo(drawn(2)).contains(true, false);
    assertThat(Stream.generate(struckBy(0, 1)::onStaleRead).limit(64)).containsOnly(false);
  }

  private static List<Boolean> drawn(long seed) {
    return Stream.generate(struckBy(0.5, seed)::onStaleRead).limit(64).toList();
  }

  private static TableFaults struckBy(double probability, long seed) {
    return new TableFaults(Map.of(TableFault.TABLE_STALE_READ, probability), new Random(seed));
  }

  private long strikes() {
    return faults.strikes(TableFault.TABLE_STALE_READ);
  }

  private void awaitSeen(String... names) throws InterruptedException {
    Eventually.await("seen are " + List.of(names), () -> query(false).equals(List.of(names)));
  }

  private List<String> query(boolean consistent) {
    return function
        .query(
            r ->
                r.tableName(MEMBERS.name())
                    .consistentRead(consistent)
                    .keyConditionExpression("room = :r")
                    .expressionAttributeValues(Map.of(":r", AttributeValue.fromS("r"))))
        .items()
        .stream()
        .map(item -> item.getOrDefault("name", NONE).s())
        .toList();
  }

  private String name(int seat, boolean consistent) {
    Map<String, AttributeValue> item =
        function
            .getItem(r -> r.tableName(MEMBERS.name()).key(key(seat)).consistentRead(consistent))
            .item();
    return item.getOrDefault("name", NONE).s();
  }

  private List<Map<String, AttributeValue>> batch(boolean consistent) {
    KeysAndAttributes keys =
        KeysAndAttributes.builder().keys(List.of(key(1))).consistentRead(consistent).build();
    return function
        .batchGetItem(r -> r.requestItems(Map.of(MEMBERS.name(), keys)))
        .responses()
        .getOrDefault(MEMBERS.name(), List.of());
  }

  private static void put(DynamoDbClient client, int seat, String name) {
    client.putItem(r -> r.tableName(MEMBERS.name()).item(item(seat, name)));
  }

  private void transact(Consumer<TransactWriteItem.Builder> item) {
    function.transactWriteItems(
        r -> r.transactItems(TransactWriteItem.builder().applyMutation(item).build()));
  }

  private void write(WriteRequest... requests) {
    function.batchWriteItem(r -> r.requestItems(Map.of(MEMBERS.name(), List.of(requests))));
  }

  private static Map<String, AttributeValue> key(int seat) {
    return Map.of(
        "room", AttributeValue.fromS("r"), "seat", AttributeValue.fromN(Integer.toString(seat)));
  }

  private static Map<String, AttributeValue> item(int seat, String name) {
    return Map.of(
        "room",
        AttributeValue.fromS("r"),
        "seat",
        AttributeValue.fromN(Integer.toString(seat)),
        "name",
        AttributeValue.fromS(name));
  }

  private DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(tables.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, "secret")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
