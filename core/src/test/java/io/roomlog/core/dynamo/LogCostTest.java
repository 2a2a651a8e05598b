package io.roomlog.core.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Author;
import io.roomlog.core.log.BanStore;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.Page;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.testing.MeteredDynamo;
import io.roomlog.core.testing.MeteredDynamo.Call;
import io.roomlog.core.testing.TestTables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What the log's calls cost, counted. A unit of reading is 4 KB read consistently, a unit of
 * writing 1 KB, twice that in a transaction
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
 */
class LogCostTest {

  private static final RoomName ROOM = new RoomName("lobby");
  private static final int READ_UNIT_BYTES = 4_096;
  private static final int QUERY_BYTES_MAX = 1_048_576;
  private static final int BATCH_ITEMS_MAX = 25;

  private final ManualClock clock = new ManualClock();
  private final TestTables tables = TestTables.fresh();
  private final MeteredDynamo dynamo = new MeteredDynamo(tables.dynamo());
  private final DynamoLogStore store =
      new DynamoLogStore(
          dynamo.client(), tables.name("rooms"), tables.name("messages"), tables.name("sends"));

  private RoomLog log(Retention retention) {
    return new RoomLog(store, retention, clock, new Random(1), clock::pass);
  }

  private final RoomLog log = log(Retention.forever());

  @Test
  void aSendWithoutAnIdIsOneUpdateAndOnePut() throws Exception {
    append(log, null);
    assertThat(dynamo.calls()).containsExactly(new Call("updateItem", 1), new Call("putItem", 1));
  }

  @Test
  void bansCostASendAndAReaderNothing() throws Exception {
    append(log, null);
    BanStore bans = new DynamoBans(tables.dynamo(), tables.name("rooms"));
    for (int i = 0; i < 20; i++) {
      String sender = "banned-" + i;
      Instant until = clock.instant().plusSeconds(60);
      bans.change(Optional.of(ROOM), clock.instant(), before -> before.with(sender, until));
    }
    dynamo.calls();
    append(log, null);
    assertThat(dynamo.calls()).containsExactly(new Call("updateItem", 1), new Call("putItem", 1));
    assertThat(log.latest(ROOM, 10).bans().until()).hasSize(20);
    assertThat(dynamo.calls()).extracting(Call::name).containsExactly("getItem", "query");
  }

  @Test
  void aSendWithAnIdIsFiveWriteUnitsAndHalfAReadUnit() throws Exception {
    append(log, "m1");
    assertThat(dynamo.calls())
        .containsExactly(
            new Call("getItem", 0.5), new Call("updateItem", 1), new Call("transactWriteItems", 4));
  }

  @Test
  void aSendWithARetentionCostsTheSameButAfterASilence() throws Exception {
    RoomLog day = log(Retention.ofDays(1));
    for (int i = 0; i < 2; i++) {
      append(day, null);
      assertThat(dynamo.calls()).containsExactly(new Call("updateItem", 1), new Call("putItem", 1));
    }
    clock.pass(Duration.ofHours(2));
    append(day, null);
    assertThat(dynamo.calls())
        .extracting(Call::name)
        .containsExactly("updateItem", "updateItem", "putItem");
  }

  @Test
  void historyIsOneGetAndOneQueryAtThePriceOfItsPageHoweverLongTheLog() {
    long head = 1_000_000;
    fill(1, 200, 900);
    fill(head - 500, head, 900);
    store.raise(ROOM, head, clock.instant());
    dynamo.calls();
    Page latest = log.latest(ROOM, 50);
    assertThat(latest.to()).isEqualTo(head);
    assertCost(latest);
    assertCost(log.before(ROOM, head - 100, 50));
    assertCost(log.after(ROOM, head - 400, 100));
    assertCost(log.after(ROOM, 100, 50));
  }

  @Test
  void aLongAbsenceIsReadWithOneQueryAMegabyte() {
    fill(1, 1_500, 3_000);
    store.raise(ROOM, 1_500, clock.instant());
    dynamo.calls();
    long bytes = 0;
    int queries = 0;
    Page page = null;
    while (page == null || page.more()) {
      page = log.after(ROOM, page == null ? 0 : page.to(), RoomLog.PAGE_ENTRIES_MAX);
      bytes += page.entries().stream().mapToLong(LogCostTest::size).sum();
      queries += Math.toIntExact(named("query"));
    }
    assertThat(page.to()).isEqualTo(1_500);
    assertThat(bytes).isGreaterThan(4L * QUERY_BYTES_MAX);
    assertThat(queries).isEqualTo((int) Math.ceilDiv(bytes, QUERY_BYTES_MAX));
  }

  @Test
  void oneReadOfTheStorageIsOneQueryAlsoWhereItIsCut() {
    fill(1, 100, 24_000);
    dynamo.calls();
    assertThat(store.after(ROOM, 0, 100).exhausted()).isFalse();
    assertThat(store.before(ROOM, 101, 100).exhausted()).isFalse();
    assertThat(named("query")).isEqualTo(2);
  }

  private void assertCost(Page page) {
    long bytes = page.entries().stream().mapToLong(LogCostTest::size).sum();
    assertThat(page.entries()).isNotEmpty();
    assertThat(page.pending()).isFalse();
    assertThat(dynamo.calls())
        .containsExactly(
            new Call("getItem", 1), new Call("query", Math.ceilDiv(bytes, READ_UNIT_BYTES)));
  }

  private long named(String name) {
    return dynamo.calls().stream().filter(call -> call.name().equals(name)).count();
  }

  /**
   * The size of an item: names and strings in UTF-8; a number is a byte for two digits, and one.
   * docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
   */
  private static long size(Entry entry) {
    return EntryItem.of(ROOM, entry, Retention.forever()).entrySet().stream()
        .mapToLong(attribute -> attribute.getKey().length() + size(attribute.getValue()))
        .sum();
  }

  private static long size(AttributeValue value) {
    return value.s() != null
        ? value.s().length()
        : Math.ceilDiv(value.n().replaceAll("0+$", "").length(), 2) + 1;
  }

  private void append(RoomLog to, @Nullable String id) throws InterruptedException {
    to.append(ROOM, new Author("a", "ann", "Ann"), List.of(new Draft(id, "\"hello\"")));
  }

  /** Puts entries past the log, many at a time. */
  private void fill(long from, long to, int bytes) {
    String data = "\"" + "x".repeat(bytes) + "\"";
    List<WriteRequest> writes =
        LongStream.rangeClosed(from, to)
            .mapToObj(
                position ->
                    new Entry.Message(
                        position, clock.instant(), "n" + position, null, "ann", "Ann", data))
            .map(entry -> EntryItem.of(ROOM, entry, Retention.forever()))
            .map(item -> WriteRequest.builder().putRequest(put(item)).build())
            .toList();
    for (int i = 0; i < writes.size(); i += BATCH_ITEMS_MAX) {
      var batch = writes.subList(i, Math.min(writes.size(), i + BATCH_ITEMS_MAX));
      tables
          .dynamo()
          .batchWriteItem(request -> request.requestItems(Map.of(tables.name("messages"), batch)));
    }
  }

  private static PutRequest put(Map<String, AttributeValue> item) {
    return PutRequest.builder().item(item).build();
  }
}
