package io.roomlog.fanout;

import static io.roomlog.fanout.StreamRecords.event;
import static io.roomlog.fanout.StreamRecords.message;
import static io.roomlog.fanout.StreamRecords.unreadable;
import static io.roomlog.fanout.StreamRecords.voided;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Member;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.fanout.posts.Posts.Existence;
import io.roomlog.fanout.posts.Posts.Posted;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FanOutTest {

  private static final RoomName LOBBY = new RoomName("lobby");
  private static final RoomName BROKEN = new RoomName("broken");

  private final ManualClock clock = new ManualClock();
  private final Rooms rooms = new Rooms();
  private final ScriptedPosts posts = new ScriptedPosts();
  private final MemoryLogStore log = new MemoryLogStore();
  private final FanOut fanOut = fanOut(16);

  private FanOut fanOut(int concurrency) {
    Machine machine =
        new Machine(clock, new Random(1), clock::pass, Executors::newVirtualThreadPerTaskExecutor);
    return new FanOut(rooms, log, posts, concurrency, machine);
  }

  /** Memberships that cannot be read where a test says so. */
  private static final class Rooms extends MemoryMembership {
    private final Set<RoomName> unavailable = new HashSet<>();

    @Override
    public synchronized List<Member> members(RoomName room, Instant now) {
      if (unavailable.contains(room)) {
        throw new StorageUnavailable("Query connections", "injected", new RuntimeException());
      }
      return super.members(room, now);
    }
  }

  @BeforeEach
  void annAndBobAreInTheLobby() {
    join(LOBBY, "ann");
    join(LOBBY, "bob");
    clock.pass(Pruner.HANDSHAKE_MAX.plusMillis(1));
  }

  @AfterEach
  void everyPreparedAnswerWasAsked() {
    posts.assertExhausted();
  }

  private Member join(RoomName room, String id) {
    Instant now = clock.instant();
    return rooms.join(
        room, new Connection(id, Dialect.PLAIN, id, id, now, now.plus(Connection.MEMBERSHIP_LIFE)));
  }

  private List<String> push(DynamodbEvent event) {
    return fanOut.handleRequest(event, null).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  @Test
  void everybodyInTheRoomGetsTheTextAndNothingAroundIt() {
    join(new RoomName("elsewhere"), "eve");
    assertThat(push(event(message(1, "lobby", 1, clock.instant(), "hello")))).isEmpty();
    assertThat(posts.delivered("ann")).containsExactly("hello");
    assertThat(posts.delivered("bob")).containsExactly("hello");
    assertThat(posts.delivered("eve")).isEmpty();
  }

  @Test
  void disorderedRecordsArePushedInTheOrderOfTheirPositions() {
    Instant now = clock.instant();
    push(
        event(
            message(1, "lobby", 3, now, "c"),
            message(2, "lobby", 1, now, "a"),
            message(3, "lobby", 2, now, "b")));
    assertThat(posts.delivered("ann")).containsExactly("a", "b", "c");
  }

  @Test
  void aRecordThatComesTwiceInABatchIsPushedOnce() {
    Instant now = clock.instant();
    push(event(message(1, "lobby", 1, now, "a"), message(2, "lobby", 1, now, "a")));
    assertThat(posts.delivered("ann")).containsExactly("a");
  }

  @Test
  void voidsAreNotPushedToPlainConnections() {
    Instant now = clock.instant();
    assertThat(push(event(voided(1, "lobby", 1, now), message(2, "lobby", 2, now, "b")))).isEmpty();
    assertThat(posts.delivered("ann")).containsExactly("b");
  }

  @Test
  void whatIsOlderThanAMinuteIsNotPushedToPlainConnections() {
    Instant now = clock.instant();
    push(
        event(
            message(1, "lobby", 1, now.minusMillis(60_001), "too old"),
            message(2, "lobby", 2, now.minusMillis(60_000), "just in time")));
    assertThat(posts.delivered("ann")).containsExactly("just in time");
  }

  @Test
  void aConnectionThatIsGoneIsConfirmedAndItsRowRemoved() {
    posts.enqueue("ann", new Posted.Gone()).existence("ann", Existence.ABSENT);
    assertThat(push(event(message(1, "lobby", 1, clock.instant(), "hello")))).isEmpty();
    assertThat(posts.delivered("bob")).containsExactly("hello");
    assertThat(members()).containsExactly("bob");
  }

  @Test
  void aFalse410RemovesNobodyAndCostsNoMessage() {
    posts.enqueue("ann", new Posted.Delivered()).enqueue("ann", new Posted.Gone());
    Instant now = clock.instant();
    push(event(message(1, "lobby", 1, now, "a"), message(2, "lobby", 2, now, "b")));
    assertThat(posts.finds()).containsExactly("ann");
    assertThat(members()).containsExactly("ann", "bob");
    assertThat(posts.delivered("ann")).containsExactly("a", "b");
  }

  @Test
  void a410WithoutAnAnswerToTheSecondQuestionRemovesNobody() {
    posts.enqueue("ann", new Posted.Gone()).existence("ann", Existence.UNKNOWN);
    push(event(message(1, "lobby", 1, clock.instant(), "hello")));
    assertThat(members()).containsExactly("ann", "bob");
  }

  @Test
  void a410BeforeTheHandshakeCanHaveEndedRemovesNobody() {
    join(LOBBY, "new");
    clock.pass(Pruner.HANDSHAKE_MAX);
    posts.enqueue("new", new Posted.Gone()).existence("new", Existence.ABSENT);
    push(event(message(1, "lobby", 1, clock.instant(), "hello")));
    assertThat(members()).contains("new");

    clock.pass(Duration.ofMillis(1));
    posts.enqueue("new", new Posted.Gone());
    push(event(message(2, "lobby", 2, clock.instant(), "hello")));
    assertThat(members()).doesNotContain("new");
  }

  @Test
  void whoJoinsAgainWhileItIsBeingPrunedStays() {
    posts
        .enqueue("ann", new Posted.Gone())
        .existence("ann", Existence.ABSENT)
        .onFind("ann", () -> join(LOBBY, "ann"));
    push(event(message(1, "lobby", 1, clock.instant(), "hello")));
    assertThat(posts.finds()).containsExactly("ann");
    assertThat(members()).containsExactlyInAnyOrder("ann", "bob");
  }

  @Test
  void aFullBufferIsTriedThreeTimesAndThenGivenUpForThatConnectionOnly() {
    for (int i = 0; i < Share.TRIES_MAX; i++) {
      posts.enqueue("ann", new Posted.TooFast());
    }
    Instant now = clock.instant();
    // One at a time: ann is laid aside meanwhile, and how bob fares tells whose fault it is.
    fanOut(1)
        .handleRequest(
            event(message(1, "lobby", 1, now, "a"), message(2, "lobby", 2, now, "b")), null);
    assertThat(posts.delivered("ann")).isEmpty();
    assertThat(posts.delivered("bob")).containsExactly("a", "b");
    assertThat(members()).contains("ann");
  }

  @Test
  void aThirdTryThatSucceedsKeepsTheOrder() {
    posts.enqueue("ann", new Posted.TooFast()).enqueue("ann", new Posted.Failed(500));
    Instant now = clock.instant();
    push(event(message(1, "lobby", 1, now, "a"), message(2, "lobby", 2, now, "b")));
    assertThat(posts.delivered("ann")).containsExactly("a", "b");
  }

  @Test
  void aFailureThatWillNotPassIsTriedOnce() {
    posts.enqueue("ann", new Posted.Failed(403));
    assertThat(push(event(message(1, "lobby", 1, clock.instant(), "a")))).isEmpty();
    assertThat(posts.delivered("ann")).isEmpty();
    assertThat(posts.delivered("bob")).containsExactly("a");
  }

  @Test
  void noTryBeginsWhenFailingHasCostAConnectionItsTime() {
    posts
        .enqueue("ann", new Posted.NoAnswer("timeout"))
        .onPost("ann", () -> clock.pass(Share.FAILING_MAX.plusMillis(1)));
    push(event(message(1, "lobby", 1, clock.instant(), "a")));
    assertThat(posts.delivered("ann")).isEmpty();
    assertThat(posts.delivered("bob")).containsExactly("a");
  }

  @Test
  void aPostWithoutAnAnswerIsTriedAgain() {
    posts.enqueue("ann", new Posted.NoAnswer("timeout"));
    push(event(message(1, "lobby", 1, clock.instant(), "a")));
    assertThat(posts.delivered("ann")).containsExactly("a");
  }

  @Test
  void aConnectionThatIsTooSlowMissesTheRestOfTheBatch() {
    Duration most = Share.POSTING_MAX.plus(Share.POSTING_EACH.multipliedBy(2));
    posts.onPost("ann", () -> clock.pass(most.plusMillis(1)));
    Instant now = clock.instant();
    push(event(message(1, "lobby", 1, now, "a"), message(2, "lobby", 2, now, "b")));
    assertThat(posts.delivered("ann")).containsExactly("a");
  }

  @Test
  void aConnectionThatStaysSilentIsLeftAloneForAWhile() {
    Instant now = clock.instant();
    for (int batch = 1; batch <= Silent.STRIKES_MAX; batch++) {
      IntStream.range(0, Share.TRIES_MAX)
          .forEach(_ -> posts.enqueue("ann", new Posted.NoAnswer("timeout")));
      push(event(message(batch, "lobby", batch, now, "a" + batch)));
    }
    posts.assertExhausted();
    push(event(message(8, "lobby", 8, now, "left alone")));
    assertThat(posts.delivered("ann")).isEmpty();
    assertThat(posts.delivered("bob")).hasSize(Silent.STRIKES_MAX + 1);

    clock.pass(Silent.LEFT_ALONE);
    push(event(message(9, "lobby", 9, clock.instant(), "asked again")));
    assertThat(posts.delivered("ann")).containsExactly("asked again");
  }

  @Test
  void whenTheGatewayFailsEveryPostTheBatchComesAgain() {
    for (String id : List.of("ann", "bob")) {
      IntStream.range(0, Share.TRIES_MAX).forEach(_ -> posts.enqueue(id, new Posted.Failed(500)));
    }
    DynamodbEvent event = event(message(7, "lobby", 1, clock.instant(), "a"));
    assertThat(push(event)).containsExactly("7");
    assertThat(push(event)).isEmpty();
    assertThat(posts.delivered("ann")).containsExactly("a");
  }

  @Test
  void whenTheGatewayCannotBeReachedTheBatchComesAgainAndNobodyIsLeftAlone() {
    DynamodbEvent event = event(message(7, "lobby", 1, clock.instant(), "a"));
    for (int batch = 1; batch <= Silent.STRIKES_MAX; batch++) {
      for (String id : List.of("ann", "bob")) {
        IntStream.range(0, Share.TRIES_MAX)
            .forEach(_ -> posts.enqueue(id, new Posted.NotSent("AWS_IO_DNS_QUERY_FAILED")));
      }
      assertThat(push(event)).containsExactly("7");
    }
    assertThat(push(event)).isEmpty();
    assertThat(posts.delivered("ann")).containsExactly("a");
    assertThat(posts.delivered("bob")).containsExactly("a");
  }

  @Test
  void whenABatchComesAgainForOneRoomTheOthersDoNotReadItTwice() {
    Instant now = clock.instant();
    rooms.unavailable.add(BROKEN);
    DynamodbEvent event =
        event(message(1, "broken", 1, now, "x"), message(2, "lobby", 1, now, "a"));
    assertThat(push(event)).containsExactly("1");
    assertThat(push(event)).containsExactly("1");
    rooms.unavailable.clear();
    assertThat(push(event)).isEmpty();
    assertThat(posts.delivered("ann")).containsExactly("a");
  }

  @Test
  void whatIsNotBegunBeforeTheInvocationHasToEndComesAgain() {
    Deadline over = new Deadline(Math.toIntExact(FanOut.RESERVE.toMillis()) - 1);
    DynamodbEvent event = event(message(1, "lobby", 1, clock.instant(), "a"));
    assertThat(fanOut.handleRequest(event, over).getBatchItemFailures()).hasSize(1);
    assertThat(posts.delivered("ann")).isEmpty();

    Deadline enough = new Deadline(Math.toIntExact(FanOut.RESERVE.toMillis()));
    fanOut.handleRequest(event(message(2, "lobby", 2, clock.instant(), "b")), enough);
    assertThat(posts.delivered("ann")).containsExactly("b");
  }

  @Test
  void noMoreThanTheBoundIsPostedAtOnce() throws Exception {
    FanOut two = fanOut(2);
    for (int i = 0; i < 20; i++) {
      join(LOBBY, "c" + i);
    }
    CountDownLatch hanging = posts.stallAll();
    DynamodbEvent event = event(message(1, "lobby", 1, clock.instant(), "a"));
    var pushing = CompletableFuture.supplyAsync(() -> two.handleRequest(event, null));
    until(() -> posts.underWay() == 2);
    hanging.countDown();
    pushing.get(20, TimeUnit.SECONDS);
    assertThat(posts.mostAtOnce()).isEqualTo(2);
    assertThat(posts.delivered("c19")).containsExactly("a");
  }

  @Test
  void aConnectionThatHangsHoldsUpNobodyElse() throws Exception {
    CountDownLatch hanging = posts.stall("ann");
    join(new RoomName("other"), "carl");
    Instant now = clock.instant();
    var pushing =
        CompletableFuture.supplyAsync(
            () -> push(event(message(1, "lobby", 1, now, "a"), message(2, "other", 1, now, "x"))));
    until(() -> posts.delivered("bob").size() == 1 && posts.delivered("carl").size() == 1);
    assertThat(posts.delivered("ann")).isEmpty();
    assertThat(pushing).isNotDone();
    hanging.countDown();
    assertThat(pushing.get(20, TimeUnit.SECONDS)).isEmpty();
  }

  private static void until(BooleanSupplier condition) {
    Instant limit = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("the bound for waiting").isBefore(limit);
      Thread.onSpinWait();
    }
  }

  @Test
  void ofManyRoomsThatFailTheLowestSequenceNumberIsReported() {
    Instant now = clock.instant();
    rooms.unavailable.add(BROKEN);
    rooms.unavailable.add(new RoomName("also-broken"));
    assertThat(
            push(
                event(
                    message(8, "lobby", 1, now, "a"),
                    message(11, "also-broken", 1, now, "b"),
                    message(9, "broken", 2, now, "c"),
                    message(10, "broken", 1, now, "d"))))
        .containsExactly("9");
    assertThat(posts.delivered("bob")).containsExactly("a");
  }

  @Test
  void aRecordThatCannotBeReadIsReportedAndTheOthersArePushed() {
    Instant now = clock.instant();
    assertThat(push(event(unreadable(1), message(2, "lobby", 1, now, "a")))).containsExactly("1");
    assertThat(posts.delivered("ann")).containsExactly("a");
  }

  @Test
  void sequenceNumbersAreComparedAsNumbers() {
    assertThat(
            Checkpoint.of(List.of("100000000000000000000001", "99999999999999999999999"))
                .getBatchItemFailures())
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly("99999999999999999999999");
  }

  @Test
  void anEventAsLambdaSendsItIsReadAndWhatIsNoEntryIsReported() {
    DynamodbEvent captured = EventLoader.loadDynamoDbEvent("captured/stream-of-another-table.json");
    List<String> failures = push(captured);
    assertThat(failures)
        .containsExactly(captured.getRecords().getFirst().getDynamodb().getSequenceNumber());
  }

  private List<String> members() {
    return rooms.members(LOBBY, clock.instant()).stream()
        .map(member -> Objects.requireNonNull(member).connectionId())
        .toList();
  }
}
