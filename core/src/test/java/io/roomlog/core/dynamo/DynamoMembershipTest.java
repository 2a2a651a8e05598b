package io.roomlog.core.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Retention;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.membership.MembershipContract;
import io.roomlog.core.testing.TestTables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

class DynamoMembershipTest extends MembershipContract {

  private final TestTables tables = TestTables.fresh();

  @Override
  protected Membership emptyMembership() {
    return TestTables.fresh().membership();
  }

  @Test
  void everyReadingOfARoomIsConsistentAndBeginsWithTheNumberOfShards() {
    Noted dynamo = new Noted(tables.dynamo());
    DynamoMembership membership = membership(dynamo);
    membership.join(ROOM, connection("a="));
    membership.grow(ROOM, 3);
    dynamo.reads.clear();
    membership.members(ROOM, NOW);
    assertThat(dynamo.reads).hasSize(4).allMatch(read -> read.endsWith(" consistent"));
    assertThat(dynamo.reads.getFirst()).startsWith("GetItem");
    dynamo.reads.clear();
    membership.membersUpTo(5, ROOM, NOW);
    assertThat(dynamo.reads).hasSize(4).allMatch(read -> read.endsWith(" consistent"));
    assertThat(dynamo.reads.getFirst()).startsWith("GetItem");
    dynamo.reads.clear();
    membership.join(ROOM, connection("b="));
    assertThat(dynamo.reads).containsExactly("GetItem consistent");
  }

  @Test
  void aConnectionThatLeftItsLastRoomIsFoundByItsSenderUntilItEnds() {
    DynamoMembership membership = tables.membership();
    SenderConnections senders = new SenderConnections(tables.dynamo(), tables.name("connections"));
    membership.join(ROOM, connection("a="));
    String sender = connection("a=").sender();
    assertThat(senders.joinedAt("a=")).contains(connection("a=").joinedAt());

    membership.leave(ROOM, "a=");
    assertThat(senders.of(sender)).containsExactly("a=");
    assertThat(senders.joinedAt("a=")).isEmpty();
    assertThat(membership.rooms("a=")).isEmpty();
    assertThat(membership.members(ROOM, NOW)).isEmpty();

    assertThat(membership.leaveAll("a=")).isZero();
    assertThat(senders.of(sender)).isEmpty();
  }

  @Test
  void aRowThatEveryPushReadsWeighsNoMoreThanItsKeyAndAFewBytes() {
    tables.membership().join(ROOM, connection("R1kmxc2VNjMCFIA="));
    Map<String, AttributeValue> row =
        tables
            .dynamo()
            .getItem(
                request ->
                    request
                        .tableName(tables.name("connections"))
                        .key(MemberItem.key(ROOM, 0, "R1kmxc2VNjMCFIA=")))
            .item();
    assertThat(row).containsOnlyKeys("pk", "sk", "d", "j", "r", "e");
    assertThat(Items.string(row, "r")).hasSize(8).matches("[A-Za-z0-9_-]+");
    // pk and sk with their names, then d, j (13 digits), r and e (10 digits).
    int bytes = (2 + "lobby#0".length()) + (2 + 16) + (1 + 1) + (1 + 8) + (1 + 8) + (1 + 6);
    assertThat(bytes).isEqualTo(54);
    assertThat(row.entrySet().stream().mapToInt(DynamoMembershipTest::bytes).sum())
        .isEqualTo(bytes);
  }

  /** As docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html. */
  private static int bytes(Map.Entry<String, AttributeValue> attribute) {
    AttributeValue value = attribute.getValue();
    return attribute.getKey().length()
        + (value.s() != null ? value.s().length() : 1 + (value.n().length() + 1) / 2);
  }

  @Test
  void aReadingUpToALimitReadsNoMoreRowsThanOneAboveIt() {
    Noted dynamo = new Noted(tables.dynamo());
    DynamoMembership membership = membership(dynamo);
    for (char id = 'a'; id <= 'z'; id++) {
      membership.join(ROOM, connection(id + "="));
    }
    assertThat(membership.membersUpTo(10, ROOM, NOW)).isEmpty();
    assertThat(dynamo.rows.sum()).isEqualTo(11);
  }

  @Test
  void theShardsOfARoomAreReadAtTheSameTime() {
    Noted dynamo = new Noted(tables.dynamo());
    DynamoMembership membership = membership(dynamo);
    membership.grow(ROOM, 4);
    // Each waits for the others, and gives up after a time that no test should take.
    dynamo.meeting = new CyclicBarrier(4);
    assertThat(membership.members(ROOM, NOW)).isEmpty();
  }

  @Test
  void aShardThatCannotBeReadFailsTheReadingAsTheStorageDoes() {
    DynamoMembership membership =
        new DynamoMembership(
            tables.dynamo(), tables.name("rooms"), tables.name("none"), new Random(1));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> membership.members(ROOM, NOW))
        .satisfies(e -> assertThat(e.call()).isEqualTo("Query connections"));
  }

  @Test
  void growingLeavesTheCounterAloneAndTheCounterTheShards() {
    DynamoMembership membership = tables.membership();
    DynamoLogStore log = tables.logStore();
    membership.grow(ROOM, 4);
    assertThat(log.counter(ROOM)).isEqualTo(Counter.NEW);
    log.claim(ROOM, 7, NOW, Retention.forever());
    membership.grow(ROOM, 8);
    assertThat(log.counter(ROOM)).isEqualTo(new Counter(7, NOW));
    assertThat(membership.roster(ROOM, NOW).shards()).isEqualTo(8);
  }

  @Test
  void whoHasLeftARoomLeavesOneRowBehindAndWhoHasEndedNone() {
    DynamoMembership membership = tables.membership();
    membership.join(ROOM, connection("a="));
    membership.join(OTHER, connection("a="));
    assertThat(rows()).isEqualTo(4);
    membership.leave(ROOM, "a=");
    assertThat(rows()).isEqualTo(3);
    membership.leave(OTHER, "a=");
    assertThat(rows()).isEqualTo(1);
    membership.join(OTHER, connection("a="));
    membership.leaveAll("a=");
    assertThat(rows()).isZero();
  }

  @Test
  void aRowThatANewerVersionWroteDoesNotHideTheOthers() {
    DynamoMembership membership = tables.membership();
    Member member = membership.join(ROOM, connection("a="));
    membership.join(ROOM, connection("b="));
    tables
        .dynamo()
        .updateItem(
            request ->
                request
                    .tableName(tables.name("connections"))
                    .key(MemberItem.key(ROOM, member.shard(), "b="))
                    .updateExpression("SET d = :new")
                    .expressionAttributeValues(Map.of(":new", AttributeValue.fromS("9"))));
    assertThat(membership.members(ROOM, NOW)).containsExactly(member);
  }

  @Test
  void aTransactionInConflictIsTriedAgainAndNotForEver() {
    Conflicting dynamo = new Conflicting(tables.dynamo());
    DynamoMembership membership = membership(dynamo);
    dynamo.conflicts = MemberRows.CONFLICTS_MAX - 1;
    Member member = membership.join(ROOM, connection("a="));
    assertThat(membership.members(ROOM, NOW)).containsExactly(member);

    dynamo.conflicts = MemberRows.CONFLICTS_MAX;
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> membership.leave(ROOM, "a="))
        .satisfies(e -> assertThat(e.reason()).contains("TransactionConflict"));
    assertThat(membership.members(ROOM, NOW)).containsExactly(member);
  }

  /** DynamoDB Local never reports a conflict of its own. */
  private static final class Conflicting implements DynamoDbClient {
    private final DynamoDbClient dynamo;
    private int conflicts;

    Conflicting(DynamoDbClient dynamo) {
      this.dynamo = dynamo;
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      if (conflicts-- > 0) {
        throw TransactionCanceledException.builder()
            .cancellationReasons(
                CancellationReason.builder().code("TransactionConflict").build(),
                CancellationReason.builder().code("None").build())
            .build();
      }
      return dynamo.transactWriteItems(request);
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      return dynamo.getItem(request);
    }

    @Override
    public QueryResponse query(QueryRequest request) {
      return dynamo.query(request);
    }

    @Override
    public String serviceName() {
      return dynamo.serviceName();
    }

    @Override
    public void close() {}
  }

  private int rows() {
    return tables.dynamo().scan(request -> request.tableName(tables.name("connections"))).count();
  }

  private DynamoMembership membership(DynamoDbClient dynamo) {
    return new DynamoMembership(
        dynamo, tables.name("rooms"), tables.name("connections"), new Random(1));
  }

  /** Takes down what is read, and lets queries meet where a test says so. */
  private static final class Noted implements DynamoDbClient {
    private final DynamoDbClient dynamo;
    private final List<String> reads = Collections.synchronizedList(new ArrayList<>());
    private final LongAdder rows = new LongAdder();
    private volatile @Nullable CyclicBarrier meeting;

    Noted(DynamoDbClient dynamo) {
      this.dynamo = dynamo;
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      reads.add("GetItem " + (request.consistentRead() ? "consistent" : "stale"));
      return dynamo.getItem(request);
    }

    @Override
    public QueryResponse query(QueryRequest request) {
      reads.add("Query " + (request.consistentRead() ? "consistent" : "stale"));
      meet();
      QueryResponse response = dynamo.query(request);
      rows.add(response.count());
      return response;
    }

    private void meet() {
      CyclicBarrier barrier = meeting;
      try {
        if (barrier != null) {
          barrier.await(20, TimeUnit.SECONDS);
        }
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new AssertionError("the shards are read one after the other", e);
      }
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
      return dynamo.updateItem(request);
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      return dynamo.transactWriteItems(request);
    }

    @Override
    public String serviceName() {
      return dynamo.serviceName();
    }

    @Override
    public void close() {}
  }
}
