package io.roomlog.local.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.deployment.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class FaultyTablesTest {
  /** Well over what a call takes, and what a call that hangs is waited for. */
  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(3);

  private static final String KEY = "ASIALOCAL00000000001";
  private static final Table TABLE =
      new Table("one", "one", new Table.Key("id", "S"), null, null, null);

  private final Set<String> callers = ConcurrentHashMap.newKeySet();
  private TableFaults faults = always();
  private volatile Duration atLeast = Duration.ZERO;
  private final TablesServer tables =
      TablesServer.inMemory(
          behind ->
              new FaultyTables(
                  behind,
                  Map.of(KEY, "ItsFunction"),
                  new CallFaults() {
                    @Override
                    public Optional<TableFault> onCall(String function, String operation) {
                      callers.add(function);
                      return faults.onCall(operation);
                    }

                    @Override
                    public Duration atLeast(String function, String operation) {
                      return atLeast;
                    }
                  }));
  private final DynamoDbClient function = client();
  private final DynamoDbClient operator = tables.client();

  @BeforeAll
  void theTableExists() {
    tables.create(List.of(TABLE));
  }

  @AfterAll
  void close() {
    function.close();
    operator.close();
    tables.close();
  }

  @Test
  void withoutFaultsAWriteIsCarriedOut() {
    faults = always();
    put("plain");
    assertThat(exists("plain")).isTrue();
  }

  @Test
  void anAnswerIsHeldBackUntilItsTime() {
    faults = always();
    atLeast = Duration.ofMillis(300);
    long begin = System.nanoTime();
    put("late");
    long took = System.nanoTime() - begin;
    atLeast = Duration.ZERO;
    assertThat(Duration.ofNanos(took)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    assertThat(exists("late")).isTrue();
  }

  @Test
  void aThrottledWriteIsNotCarriedOut() {
    faults = always(TableFault.TABLE_THROTTLED);
    assertThatThrownBy(() -> put("throttled"))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
    assertThat(exists("throttled")).isFalse();
    assertThat(faults.strikes(TableFault.TABLE_THROTTLED)).isEqualTo(1);
  }

  @Test
  void aFailedWriteIsNotCarriedOut() {
    faults = always(TableFault.TABLE_FAILED);
    assertThatThrownBy(() -> put("failed")).isInstanceOf(InternalServerErrorException.class);
    assertThat(exists("failed")).isFalse();
  }

  @Test
  void aWriteMayBeCarriedOutAndFailNevertheless() {
    faults = always(TableFault.TABLE_WRITTEN_YET_FAILED);
    assertThatThrownBy(() -> put("written")).isInstanceOf(InternalServerErrorException.class);
    assertThat(exists("written")).isTrue();
    function.getItem(r -> r.tableName("one").key(item("written")));
    assertThat(faults.strikes(TableFault.TABLE_WRITTEN_YET_FAILED)).isEqualTo(1);
  }

  @Test
  void aWriteOfOneItemMayMeetATransaction() {
    faults = always(TableFault.TABLE_CONFLICT);
    assertThatThrownBy(() -> put("conflict")).isInstanceOf(TransactionConflictException.class);
    assertThat(exists("conflict")).isFalse();
  }

  @Test
  void aTransactionInConflictHasAReasonForEachItem() {
    faults = always(TableFault.TABLE_CONFLICT);
    assertThatThrownBy(
            () -> function.transactWriteItems(r -> r.transactItems(write("a"), write("b"))))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            cancelled ->
                assertThat(cancelled.cancellationReasons())
                    .extracting(CancellationReason::code)
                    .containsExactly("TransactionConflict", "None"));
    assertThat(exists("a")).isFalse();
  }

  @Test
  void aCallMayHangBeforeItIsCarriedOut() {
    faults = always(TableFault.TABLE_HANGS);
    assertThatThrownBy(() -> put("hangs")).isInstanceOf(ApiCallAttemptTimeoutException.class);
    assertThat(exists("hangs")).isFalse();
    assertThat(faults.strikes(TableFault.TABLE_HANGS)).isEqualTo(1);
  }

  @Test
  void aWriteMayBeCarriedOutAndHangNevertheless() {
    faults = always(TableFault.TABLE_WRITTEN_YET_HANGS);
    assertThatThrownBy(() -> put("silent")).isInstanceOf(ApiCallAttemptTimeoutException.class);
    assertThat(exists("silent")).isTrue();
    function.getItem(r -> r.tableName("one").key(item("silent")));
    assertThat(faults.strikes(TableFault.TABLE_WRITTEN_YET_HANGS)).isEqualTo(1);
  }

  @Test
  void aCallIsItsFunctions() {
    faults = always();
    callers.clear();
    put("whose");
    exists("whose");
    assertThat(callers).containsExactly("ItsFunction");
  }

  @Test
  void whoIsNoFunctionIsNeverStruck() {
    faults = always(TableFault.TABLE_FAILED);
    operator.putItem(r -> r.tableName("one").item(item("operator")));
    assertThat(faults.strikes(TableFault.TABLE_FAILED)).isZero();
  }

  @Test
  void oneSeedStrikesTheSameCalls() {
    assertThat(struck(1)).isEqualTo(struck(1)).isNotEqualTo(struck(2));
  }

  @Test
  void whatNeitherReadsNorWritesItemsIsNeverStruck() {
    assertThat(always(TableFault.values()).onCall("DescribeTable")).isEmpty();
  }

  @Test
  void aProbabilityIsFromZeroToOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TableFaults(Map.of(TableFault.TABLE_FAILED, 1.01), new Random(1)))
        .withMessage("the probability of table-failed is 1.01; it must be 0 to 1");
  }

  private static List<Optional<TableFault>> struck(long seed) {
    TableFaults half = new TableFaults(Map.of(TableFault.TABLE_FAILED, 0.5), new Random(seed));
    return Stream.generate(() -> half.onCall("PutItem")).limit(64).toList();
  }

  private static TableFaults always(TableFault... chosen) {
    Map<TableFault, Double> certain = Stream.of(chosen).collect(Collectors.toMap(f -> f, _ -> 1.0));
    return new TableFaults(certain, new Random(1));
  }

  private void put(String id) {
    function.putItem(r -> r.tableName("one").item(item(id)));
  }

  private boolean exists(String id) {
    return operator.getItem(r -> r.tableName("one").key(item(id))).hasItem();
  }

  private static TransactWriteItem write(String id) {
    return TransactWriteItem.builder().put(p -> p.tableName("one").item(item(id))).build();
  }

  private static Map<String, AttributeValue> item(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(tables.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, "secret")))
        .overrideConfiguration(
            o ->
                o.retryStrategy(DefaultRetryStrategy.doNotRetry())
                    .apiCallAttemptTimeout(ATTEMPT_MAX))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
