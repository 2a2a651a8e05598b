package io.roomlog.fanout;

import static io.roomlog.fanout.StreamRecords.event;
import static io.roomlog.fanout.StreamRecords.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Retention;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Roster;
import io.roomlog.core.membership.Shards;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.memory.MemoryPushCursor;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.posts.Posts.Existence;
import io.roomlog.fanout.posts.Posts.Posted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CrowdTest {

  private static final RoomName STADIUM = new RoomName("stadium");
  private static final RoomName ARENA = new RoomName("arena");

  private final ManualClock clock = new ManualClock();
  private final Rooms rooms = new Rooms();
  private final FailingLog log = new FailingLog();
  private final ScriptedPosts posts = new ScriptedPosts();
  private final ScriptedQueue queue = new ScriptedQueue();
  private final Machine machine =
      new Machine(clock, new Random(1), clock::pass, Executors::newVirtualThreadPerTaskExecutor);
  private final MemoryPushCursor cursor = new MemoryPushCursor();
  private final Crowd crowd =
      new Crowd(rooms, log, cursor, posts, new CrowdSettings(16, 1, 10_000), queue, machine);

  /** Memberships that fail as often as a test says. */
  private static final class Rooms extends MemoryMembership {
    private int failures;
    private boolean growing = true;

    @Override
    public synchronized Roster roster(RoomName room, Instant now) {
      if (failures > 0) {
        failures--;
        throw new StorageUnavailable("Query connections", "injected", new RuntimeException());
      }
      return super.roster(room, now);
    }

    @Override
    public synchronized boolean grow(RoomName room, int wanted) {
      if (!growing) {
        throw new StorageUnavailable("UpdateItem rooms", "injected", new RuntimeException());
      }
      return super.grow(room, wanted);
    }
  }

  @BeforeEach
  void annIsPlainAndBobSpeaksRoomlog() {
    join(STADIUM, "ann", Dialect.PLAIN);
    join(STADIUM, "bob", Dialect.ROOMLOG);
    clock.pass(Pruner.HANDSHAKE_MAX.plusMillis(1));
  }

  private void join(RoomName room, String id, Dialect dialect) {
    Instant now = clock.instant();
    rooms.join(
        room, new Connection(id, dialect, id, id, now, now.plus(Connection.MEMBERSHIP_LIFE)));
  }

  private void store(RoomName room, long position, String text) {
    Entry.Message message =
        new Entry.Message(position, clock.instant(), "n", null, "eve", "Eve", "\"" + text + "\"");
    assertThat(log.put(room, message, Retention.forever())).isEqualTo(new LogStore.Put.Written());
  }

  private void store(RoomName room, int first, int last) {
    for (int position = first; position <= last; position++) {
      store(room, position, "t" + position);
    }
  }

  private void ask(RoomName room, long from, long to, Long... without) {
    Range range = new Range(room, from, to, Set.of(without));
    queue.put(List.of(range), "test");
  }

  /** One invocation; what it did not handle stays on the queue. */
  private List<String> push() {
    return push(null);
  }

  private List<String> push(@Nullable Context context) {
    return queue.invoke(crowd, context);
  }

  @Test
  void tenRangesOfARoomAreOneFrameAndForPlainConnectionsAFrameAMessageInOrder() {
    store(STADIUM, 1, 10);
    IntStream.rangeClosed(1, 10).forEach(position -> ask(STADIUM, position, position));
    assertThat(push()).isEmpty();
    assertThat(posts.delivered("bob"))
        .singleElement()
        .asString()
        .startsWith("{\"type\":\"messages\",\"room\":\"stadium\",\"from\":1,\"to\":10,");
    assertThat(posts.delivered("ann"))
        .containsExactly("t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t10");
    assertThat(log.reads).containsExactly("0+10", "10+490");
  }

  @Test
  void rangesInDisorderAreOneFrameInOrder() {
    store(STADIUM, 1, 3);
    ask(STADIUM, 3, 3);
    ask(STADIUM, 1, 2);
    assertThat(push()).isEmpty();
    assertThat(posts.delivered("ann")).containsExactly("t1", "t2", "t3");
    assertThat(posts.delivered("bob")).hasSize(1);
  }

  @Test
  void whatABatchLackedIsForThoseWhoKnowPositionsOnly() {
    store(STADIUM, 1, 3);
    ask(STADIUM, 1, 3, 2L);
    assertThat(push()).isEmpty();
    assertThat(posts.delivered("ann")).containsExactly("t1", "t3");
    assertThat(posts.delivered("bob")).singleElement().asString().contains("\"position\":2");
  }

  @Test
  void whatIsNotStoredIsLeftOutAndAnEmptyRangeIsDone() {
    store(STADIUM, 2, "b");
    store(STADIUM, 9, "beyond");
    ask(STADIUM, 1, 3);
    ask(STADIUM, 5, 7);
    assertThat(push()).isEmpty();
    assertThat(posts.delivered("ann")).containsExactly("b");
    assertThat(posts.delivered("bob")).singleElement().asString().contains("\"from\":2,\"to\":2");
  }

  @Test
  void whatIsOlderThanAMinuteIsForThoseWhoKnowPositionsOnly() {
    store(STADIUM, 1, "old");
    clock.pass(Frames.PLAIN_AGE_MAX.plusMillis(1));
    store(STADIUM, 2, "new");
    ask(STADIUM, 1, 2);
    assertThat(push()).isEmpty();
    assertThat(posts.delivered("ann")).containsExactly("new");
    assertThat(posts.delivered("bob")).singleElement().asString().contains("\"from\":1,\"to\":2");
  }

  @Test
  void roomsOfOneBatchAreIndependent() {
    join(ARENA, "cid", Dialect.PLAIN);
    store(STADIUM, 1, "a");
    store(ARENA, 1, "b");
    String bad = queue.send("stadium", "nonsense");
    ask(ARENA, 1, 1);
    assertThat(push()).containsExactly(bad);
    assertThat(posts.delivered("cid")).containsExactly("b");
  }

  @Test
  void behindTheFirstMessageThatCannotBeReadEverythingOfItsGroupIsReported() {
    store(STADIUM, 1, 3);
    ask(STADIUM, 1, 1);
    String bad = queue.send("stadium", "{\"v\":9}");
    ask(STADIUM, 2, 2);
    ask(STADIUM, 3, 3);
    assertThat(push()).containsExactly(bad, "m3", "m4");
    // It is read ahead; that it is asked for again later costs nothing.
    assertThat(posts.delivered("ann")).containsExactly("t1", "t2", "t3");
    assertThat(queue.waiting()).hasSize(3);
  }

  @Test
  void aRangeInAnotherRoomsGroupIsNotPushed() {
    store(STADIUM, 1, "a");
    String bad = queue.send("arena", "{\"room\":\"stadium\",\"from\":1,\"to\":1}");
    assertThat(push()).containsExactly(bad);
    assertThat(posts.delivered("ann")).isEmpty();
  }

  @Test
  void afterThePageThatTheGatewayRefusedEverythingIsReportedAndComesAgain() {
    rooms.leaveAll("ann");
    store(STADIUM, 1, LogPages.ENTRIES_MAX + 2);
    ask(STADIUM, 1, LogPages.ENTRIES_MAX);
    ask(STADIUM, LogPages.ENTRIES_MAX + 1, LogPages.ENTRIES_MAX + 1);
    ask(STADIUM, LogPages.ENTRIES_MAX + 2, LogPages.ENTRIES_MAX + 2);
    int framesOfTheFirstPage = framesOfAPage();
    IntStream.range(0, framesOfTheFirstPage)
        .forEach(_ -> posts.enqueue("bob", new Posted.Delivered()));
    refuse("bob", CrowdPush.TRIES_MAX);
    assertThat(push()).containsExactly("m2", "m3");
    posts.assertExhausted();
    assertThat(posts.delivered("bob")).hasSize(framesOfTheFirstPage);

    assertThat(push()).isEmpty();
    assertThat(posts.delivered("bob")).hasSize(framesOfTheFirstPage + 1);
    assertThat(posts.delivered("bob").getLast())
        .contains("\"from\":501,\"to\":502", "\"position\":501", "\"position\":502");
  }

  private int framesOfAPage() {
    return Frames.roomlog(STADIUM, log.after(STADIUM, 0, LogPages.ENTRIES_MAX).entries()).size();
  }

  /** The gateway fails every try of a page, so many times. */
  private void refuse(String id, int pages) {
    IntStream.range(0, pages * Share.TRIES_MAX)
        .forEach(_ -> posts.enqueue(id, new Posted.Failed(500)));
  }

  @Test
  void aRoomThatTheGatewayRefusesIsTriedAgainBeforeItIsReported() {
    rooms.leaveAll("ann");
    store(STADIUM, 1, "a");
    ask(STADIUM, 1, 1);
    refuse("bob", CrowdPush.TRIES_MAX - 1);
    assertThat(push()).isEmpty();
    posts.assertExhausted();
    assertThat(posts.delivered("bob")).hasSize(1);
  }

  @Test
  void aStorageThatFailsIsAskedAgainAndNotForEver() {
    store(STADIUM, 1, "a");
    ask(STADIUM, 1, 1);
    rooms.failures = CrowdPush.TRIES_MAX - 1;
    log.failures = CrowdPush.TRIES_MAX - 1;
    assertThat(push()).isEmpty();
    assertThat(posts.delivered("ann")).containsExactly("a");

    store(STADIUM, 2, "b");
    ask(STADIUM, 2, 2);
    rooms.failures = CrowdPush.TRIES_MAX;
    assertThat(push()).containsExactly("m2");
    log.failures = CrowdPush.TRIES_MAX;
    assertThat(push()).containsExactly("m2");
    assertThat(push()).isEmpty();
    assertThat(posts.delivered("ann")).containsExactly("a", "b");
  }

  @Test
  void whatTheTimeDoesNotSufficeForIsReportedAtOnce() {
    store(STADIUM, 1, "a");
    ask(STADIUM, 1, 1);
    int reserve = Math.toIntExact(FanOut.RESERVE.toMillis());
    assertThat(push(new Deadline(reserve - 1))).containsExactly("m1");
    assertThat(posts.delivered("ann")).isEmpty();
    assertThat(push(new Deadline(reserve + 1))).isEmpty();
  }

  @Test
  void whenTheTimeIsUpForSomeTheRangeIsNotDone() {
    store(STADIUM, 1, "a");
    ask(STADIUM, 1, 1);
    store(STADIUM, 2, "b");
    ask(STADIUM, 2, 2);
    int reserve = Math.toIntExact(FanOut.RESERVE.toMillis());
    // Ann's first frame takes all the time there is; Bob may have had his before or not.
    posts.onPost("ann", () -> clock.pass(Duration.ofMillis(10)));
    assertThat(push(new Deadline(reserve + 5))).containsExactly("m1", "m2");
    assertThat(posts.delivered("ann")).containsExactly("a");
  }

  @Test
  void whoIsGoneIsPrunedAndNotPostedToWithEveryPage() {
    store(STADIUM, 1, LogPages.ENTRIES_MAX + 1);
    ask(STADIUM, 1, LogPages.ENTRIES_MAX + 1);
    posts.enqueue("ann", new Posted.Gone()).existence("ann", Existence.ABSENT);
    assertThat(push()).isEmpty();
    assertThat(posts.delivered("ann")).isEmpty();
    assertThat(posts.finds()).containsExactly("ann");
    assertThat(rooms.members(STADIUM, clock.instant())).hasSize(1);
  }

  @Test
  void aRoomOfMoreThanAThousandRowsAShardGrows() {
    for (int i = 2; i < Shards.ROWS_MAX; i++) {
      join(STADIUM, "fan" + i, Dialect.PLAIN);
    }
    store(STADIUM, 1, 1);
    ask(STADIUM, 1, 1);
    push();
    assertThat(rooms.roster(STADIUM, clock.instant()).shards()).isEqualTo(1);
    join(STADIUM, "one more", Dialect.PLAIN);
    store(STADIUM, 2, 2);
    ask(STADIUM, 2, 2);
    push();
    assertThat(rooms.roster(STADIUM, clock.instant()).shards()).isEqualTo(2);
    assertThat(posts.delivered("one more")).containsExactly("t2");
  }

  @Test
  void aRoomThatCannotGrowIsPushedAllTheSame() {
    rooms.growing = false;
    for (int i = 0; i < Shards.ROWS_MAX; i++) {
      join(STADIUM, "fan" + i, Dialect.PLAIN);
    }
    store(STADIUM, 1, "a");
    ask(STADIUM, 1, 1);
    assertThat(push()).isEmpty();
    assertThat(posts.delivered("fan999")).containsExactly("a");
  }

  @Test
  void aReadingThatTheStorageCutsShortGoesOnWhereItEnded() {
    log.sliceMax = 3;
    store(STADIUM, 1, 7);
    ask(STADIUM, 1, 7);
    push();
    assertThat(log.reads).containsExactly("0+7", "3+4", "6+1", "7+493");
    assertThat(posts.delivered("bob")).singleElement().asString().contains("\"from\":1,\"to\":7");
  }

  /**
   * From the stream to the crowd, in disorder and with a storage that fails at times: everybody
   * gets everything, and plain connections get it once.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverIsHandedOverArrives(long seed) {
    Random random = new Random(seed);
    HandOver handOver = new HandOver(1, rooms, queue);
    FanOut fanOut = new FanOut(rooms, handOver, log, posts, 16, machine);
    int sent = 0;
    while (sent < 200) {
      int size = 1 + random.nextInt(12);
      store(STADIUM, sent + 1, sent + size);
      List<DynamodbStreamRecord> records = new ArrayList<>();
      for (int position = sent + 1; position <= sent + size; position++) {
        records.add(message(position, "stadium", position, clock.instant(), "t" + position));
      }
      Collections.shuffle(records, random);
      int cut = random.nextInt(records.size() + 1);
      handOverOnce(fanOut, records.subList(0, cut));
      handOverOnce(fanOut, records.subList(cut, records.size()));
      if (random.nextInt(3) == 0) {
        rooms.failures = random.nextInt(CrowdPush.TRIES_MAX + 1);
        push();
      }
      sent += size;
    }
    for (int i = 0; i < 100 && !queue.waiting().isEmpty(); i++) {
      push();
    }
    assertThat(queue.waiting()).isEmpty();
    List<String> all = IntStream.rangeClosed(1, sent).mapToObj(i -> "t" + i).toList();
    assertThat(posts.delivered("ann")).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(all);
    String frames = String.join("", posts.delivered("bob"));
    assertThat(all).allSatisfy(text -> assertThat(frames).contains("\"" + text + "\""));
  }

  private static void handOverOnce(FanOut fanOut, List<DynamodbStreamRecord> records) {
    if (!records.isEmpty()) {
      var answer = fanOut.handleRequest(event(records.toArray(DynamodbStreamRecord[]::new)), null);
      assertThat(answer.getBatchItemFailures()).isEmpty();
    }
  }
}
