package io.roomlog.core.log;

import static io.roomlog.core.log.Retention.forever;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.FaultyLogStore;
import io.roomlog.core.testing.FaultyLogStore.Call;
import io.roomlog.core.testing.FaultyLogStore.Crashed;
import io.roomlog.core.testing.FaultyLogStore.Fault;
import io.roomlog.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoomLogTest {

  private static final RoomName ROOM = new RoomName("lobby");
  private static final Author ANN = new Author("client:k1", "ann", "Ann");

  private final ManualClock clock = new ManualClock();
  private final MemoryLogStore memory = new MemoryLogStore();
  private final FaultyLogStore store = new FaultyLogStore(memory);
  private final RoomLog log = new RoomLog(store, clock, new Random(1), clock::pass);

  @Test
  void anAppendTakesTwoCallsAndNoRead() throws Exception {
    assertThat(append("hello")).isEqualTo(new Receipt.Appended(1, clock.instant()));
    assertThat(store.calls()).containsExactly(Call.CLAIM, Call.PUT);
  }

  @Test
  void aBatchTakesRisingPositionsInItsOrder() throws Exception {
    append("before");
    var receipts = log.append(ROOM, ANN, drafts("a", "b", "c"));
    assertThat(receipts).extracting(Receipt::position).containsExactly(2L, 3L, 4L);
    assertThat(texts()).containsExactly("before", "a", "b", "c");
    assertThat(store.calls().stream().filter(Call.CLAIM::equals)).hasSize(2);
  }

  @Test
  void aRepeatedIdKeepsItsPosition() throws Exception {
    Receipt first = append("m1", "hello");
    clock.pass(Duration.ofHours(23));
    Receipt again = append("m1", "something else");
    assertThat(again).isEqualTo(new Receipt.Repeated(1, first.at()));
    assertThat(memory.counter(ROOM).head()).isEqualTo(1);
    assertThat(texts()).containsExactly("hello");
  }

  /**
   * The storage keeps the end in whole seconds, and what is cut off would be missing from a day.
   */
  @Test
  void anIdIsRememberedForTheWholeDay() throws Exception {
    clock.pass(Duration.ofMillis(1));
    append("m1", "hello");
    Marker.Key key = new Marker.Key(ROOM, ANN.scope(), "m1");
    Marker marker = memory.marker(key, clock.instant()).orElseThrow();
    Instant stored = Instant.ofEpochSecond(marker.expiresAt().getEpochSecond());
    assertThat(Duration.between(marker.at(), stored)).isGreaterThanOrEqualTo(Marker.LIFE);
  }

  @Test
  void anIdIsForgottenAfterADay() throws Exception {
    append("m1", "hello");
    clock.pass(Marker.LIFE);
    assertThat(append("m1", "hello")).isEqualTo(new Receipt.Appended(2, clock.instant()));
  }

  @Test
  void theSameIdOfAnotherAuthorOrRoomIsAnotherMessage() throws Exception {
    append("m1", "hello");
    var bob = new Author("client:k2", "bob", "Bob");
    assertThat(log.append(ROOM, bob, List.of(draft("m1", "hello"))).getFirst())
        .isInstanceOf(Receipt.Appended.class);
    assertThat(log.append(new RoomName("other"), ANN, List.of(draft("m1", "hello"))).getFirst())
        .isInstanceOf(Receipt.Appended.class);
  }

  @Test
  void aRepeatThatTheMarkerReadMissedGivesItsPositionBack() throws Exception {
    append("m1", "hello");
    store.next(Call.MARKER, Fault.STALE);
    assertThat(log.append(ROOM, ANN, List.of(draft("m1", "hello"), draft("m2", "next"))))
        .containsExactly(
            new Receipt.Repeated(1, clock.instant()), new Receipt.Appended(3, clock.instant()));
    assertThat(memory.after(ROOM, 0, 10).entries().get(1)).isInstanceOf(Entry.Voided.class);
  }

  @Test
  void aBatchStaysInItsOrderWhenAnotherAttemptAtItIsAhead() throws Exception {
    List<Draft> batch = List.of(draft("m1", "a"), draft("m2", "b"));
    var overtaken =
        new MemoryLogStore() {
          private boolean first = true;

          @Override
          public synchronized Claim claim(
              RoomName room, int count, Instant at, Retention retention, Optional<String> sender) {
            Claim claim = super.claim(room, count, at, retention, sender);
            if (first) {
              first = false;
              appendTo(this, batch.subList(0, 1));
            }
            return claim;
          }
        };
    assertThat(appendTo(overtaken, batch))
        .containsExactly(
            new Receipt.Repeated(3, clock.instant()), new Receipt.Appended(4, clock.instant()));
  }

  private List<Receipt> appendTo(LogStore other, List<Draft> drafts) {
    try {
      return new RoomLog(other, clock, new Random(1), clock::pass).append(ROOM, ANN, drafts);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPutDoneTwiceByTheClientOfTheStorageIsOurs() throws Exception {
    store.next(Call.PUT, Fault.REPEAT);
    assertThat(append("hello").position()).isEqualTo(1);
    store.next(Call.TRANSACT, Fault.REPEAT);
    assertThat(append("m1", "hello")).isEqualTo(new Receipt.Appended(2, clock.instant()));
    assertThat(store.struck()).containsExactly(Fault.REPEAT, Fault.REPEAT);
    assertThat(memory.counter(ROOM).head()).isEqualTo(2);
  }

  @Test
  void aPutWhoseAnswerWasLostIsFoundWhenItsPositionIsClosed() throws Exception {
    store.next(Call.PUT, Fault.LOSE_ANSWER);
    assertThat(append("hello")).isEqualTo(new Receipt.Appended(1, clock.instant()));
    store.next(Call.TRANSACT, Fault.LOSE_ANSWER);
    assertThat(append("m1", "again")).isEqualTo(new Receipt.Appended(2, clock.instant()));
    assertThat(store.struck()).hasSize(2);
    assertThat(texts()).containsExactly("hello", "again");
  }

  @Test
  void aRefusedPutClosesItsPositionAndFailsTheAppend() {
    store.next(Call.PUT, Fault.REFUSE);
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> append("hello"));
    assertThat(memory.after(ROOM, 0, 10).entries())
        .containsExactly(new Entry.Voided(1, clock.instant()));
  }

  @Test
  void aBatchThatFailsInTheMiddleGivesBackWhatItDidNotReach() {
    store.next(Call.PUT, Fault.REPEAT).next(Call.PUT, Fault.REFUSE);
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> log.append(ROOM, ANN, drafts("a", "b", "c", "d")));
    assertThat(log.after(ROOM, 0, 10).pending()).isFalse();
    assertThat(texts()).containsExactly("a");
    assertThat(memory.after(ROOM, 0, 10).entries()).hasSize(4);
  }

  @Test
  void whoeverLosesAPositionTakesNewOnesForAllThatFollows() throws Exception {
    memory.put(ROOM, new Entry.Voided(2, clock.instant()), forever());
    var receipts = log.append(ROOM, ANN, drafts("a", "b", "c"));
    assertThat(receipts).extracting(Receipt::position).containsExactly(1L, 4L, 5L);
    assertThat(texts()).containsExactly("a", "b", "c");
    assertThat(memory.after(ROOM, 2, 1).entries().getFirst()).isInstanceOf(Entry.Voided.class);
  }

  @Test
  void aTransactionInConflictIsTriedAgainAtTheSamePosition() throws Exception {
    conflicts(Writing.CONFLICTS_MAX - 1);
    assertThat(append("m1", "hello").position()).isEqualTo(1);
    assertThat(store.struck()).hasSize(Writing.CONFLICTS_MAX - 1);
  }

  @Test
  void tooManyConflictsFailTheAppendAndCloseItsPosition() {
    conflicts(Writing.CONFLICTS_MAX);
    assertThatExceptionOfType(AppendFailed.class).isThrownBy(() -> append("m1", "hello"));
    assertThat(memory.after(ROOM, 0, 10).entries())
        .singleElement()
        .isInstanceOf(Entry.Voided.class);
  }

  @Test
  void aPositionThatATransactionIsAtIsClosedWhenItIsDone() throws Exception {
    IntStream.range(1, Writing.CONFLICTS_MAX).forEach(_ -> store.next(Call.PUT, Fault.CONFLICT));
    memory.claim(ROOM, 1, clock.instant(), forever());
    assertThat(log.fill(ROOM, 1)).isInstanceOf(Entry.Voided.class);
    assertThat(store.struck()).hasSize(Writing.CONFLICTS_MAX - 1);
  }

  private void conflicts(int times) {
    IntStream.range(0, times).forEach(_ -> store.next(Call.TRANSACT, Fault.CONFLICT));
  }

  @Test
  void aCounterBehindItsLogIsRaisedAfterThreeLostPositions() throws Exception {
    LongStream.rangeClosed(1, 50)
        .forEach(
            position -> memory.put(ROOM, new Entry.Voided(position, clock.instant()), forever()));
    assertThat(append("hello").position()).isEqualTo(51);
    assertThat(store.calls().stream().filter(Call.CLAIM::equals))
        .hasSize(Append.LOST_BEFORE_REPAIR + 1);
  }

  @Test
  void anAppendThatLosesEveryPositionGivesUp() {
    LogStore hostile =
        new FaultyLogStore(
            new MemoryLogStore() {
              @Override
              public synchronized Claim claim(
                  RoomName room,
                  int count,
                  Instant at,
                  Retention retention,
                  Optional<String> sender) {
                Claim claim = super.claim(room, count, at, retention, sender);
                put(room, new Entry.Voided(claim.last(), at), retention);
                return claim;
              }
            });
    var loser = new RoomLog(hostile, clock, new Random(1), clock::pass);
    assertThatExceptionOfType(AppendFailed.class)
        .isThrownBy(() -> loser.append(ROOM, ANN, drafts("hello")))
        .satisfies(e -> assertThat(e.tries()).isEqualTo(Append.LOST_MAX));
  }

  @Test
  void anAppendThatTakesTooLongGivesUpAndGivesBackWhatItDidNotReach() {
    LogStore slow =
        new MemoryLogStore() {
          @Override
          public synchronized Put put(RoomName room, Entry entry, Retention retention) {
            if (entry instanceof Entry.Message) {
              clock.pass(Append.TIME_MAX.dividedBy(2).plusMillis(1));
            }
            return super.put(room, entry, retention);
          }
        };
    var late = new RoomLog(slow, clock, new Random(1), clock::pass);
    assertThatExceptionOfType(AppendFailed.class)
        .isThrownBy(() -> late.append(ROOM, ANN, drafts("a", "b", "c", "d")))
        .withMessageContaining("10 seconds");
    assertThat(slow.after(ROOM, 0, 10).entries())
        .extracting(entry -> entry instanceof Entry.Message)
        .containsExactly(true, true, false, false);
  }

  @Test
  void aWriterThatDiesBetweenCounterAndPutHoldsReadersUpForTheFillTimeAndNoLonger()
      throws Exception {
    append("first");
    store.next(Call.PUT, Fault.CRASH_BEFORE);
    assertThatExceptionOfType(Crashed.class).isThrownBy(() -> append("never stored"));
    assertThat(memory.counter(ROOM).head()).isEqualTo(2);
    assertThat(append("third").position()).isEqualTo(3);

    clock.pass(HoleAge.WRITER_MAX);
    Page early = log.after(ROOM, 0, 10);
    assertThat(early.to()).isEqualTo(1);
    assertThat(early.pending()).isTrue();
    assertThat(early.more()).isTrue();

    clock.pass(Duration.ofMillis(1));
    Page late = log.after(ROOM, 0, 10);
    assertThat(late.pending()).isFalse();
    assertThat(late.entries().get(1)).isEqualTo(new Entry.Voided(2, late.entries().getLast().at()));
    assertThat(texts()).containsExactly("first", "third");
  }

  @Test
  void aHoleAtTheEndIsAsOldAsTheCounter() {
    store.next(Call.PUT, Fault.CRASH_BEFORE);
    assertThatExceptionOfType(Crashed.class).isThrownBy(() -> append("never stored"));
    clock.pass(HoleAge.WRITER_MAX);
    assertThat(log.after(ROOM, 0, 10).pending()).isTrue();
    clock.pass(Duration.ofMillis(1));
    assertThat(log.after(ROOM, 0, 10).to()).isEqualTo(1);
  }

  @Test
  void aWriterThatWakesUpAfterItsPositionWasClosedTakesANewOne() throws Exception {
    var asleep =
        new MemoryLogStore() {
          @Nullable Runnable beforePut;

          @Override
          public synchronized Put put(RoomName room, Entry entry, Retention retention) {
            Runnable waking = beforePut;
            beforePut = null;
            if (waking != null) {
              waking.run();
            }
            return super.put(room, entry, retention);
          }
        };
    var reader = new RoomLog(asleep, clock, new Random(2), clock::pass);
    asleep.beforePut =
        () -> {
          clock.pass(Duration.ofSeconds(6));
          assertThat(reader.after(ROOM, 0, 10).entries().getFirst())
              .isInstanceOf(Entry.Voided.class);
        };
    var writer = new RoomLog(asleep, clock, new Random(1), clock::pass);
    assertThat(writer.append(ROOM, ANN, drafts("late")).getFirst().position()).isEqualTo(2);
    assertThat(reader.after(ROOM, 0, 10).entries())
        .extracting(entry -> entry instanceof Entry.Message)
        .containsExactly(false, true);
  }

  @Test
  void aReadClosesABoundedNumberOfHoles() {
    memory.claim(ROOM, PageCut.FILLS_MAX + 1, clock.instant(), forever());
    clock.pass(Duration.ofSeconds(6));
    Page first = log.after(ROOM, 0, RoomLog.PAGE_ENTRIES_MAX);
    assertThat(first.to()).isEqualTo(PageCut.FILLS_MAX);
    assertThat(first.more()).isTrue();
    assertThat(first.pending()).as("nobody is waited for").isFalse();
    Page second = log.after(ROOM, first.to(), RoomLog.PAGE_ENTRIES_MAX);
    assertThat(second.to()).isEqualTo(PageCut.FILLS_MAX + 1L);
    assertThat(second.pending()).isFalse();
  }

  @Test
  void pagesFollowEachOtherWithoutSeam() throws Exception {
    log.append(ROOM, ANN, drafts("a", "b", "c", "d", "e"));
    Page first = log.after(ROOM, 0, 2);
    Page second = log.after(ROOM, first.to(), 2);
    Page third = log.after(ROOM, second.to(), 2);
    assertThat(List.of(first.to(), second.to(), third.to())).containsExactly(2L, 4L, 5L);
    assertThat(List.of(first.more(), second.more(), third.more()))
        .containsExactly(true, true, false);
    Page empty = log.after(ROOM, 5, 2);
    assertThat(empty.to()).isEqualTo(empty.from() - 1);
  }

  @Test
  void aBatchOfNoneOrTooManyIsRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> log.append(ROOM, ANN, List.of()));
    var tooMany = IntStream.rangeClosed(0, RoomLog.DRAFTS_MAX).mapToObj(_ -> draft(null, "x"));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> log.append(ROOM, ANN, tooMany.toList()));
    assertThat(store.calls()).isEmpty();
  }

  private Receipt append(String text) throws InterruptedException {
    return log.append(ROOM, ANN, drafts(text)).getFirst();
  }

  private Receipt append(String id, String text) throws InterruptedException {
    return log.append(ROOM, ANN, List.of(draft(id, text))).getFirst();
  }

  private static List<Draft> drafts(String... texts) {
    return Arrays.stream(texts).map(text -> draft(null, text)).toList();
  }

  private static Draft draft(@Nullable String id, String text) {
    return new Draft(id, "\"" + text + "\"");
  }

  private List<String> texts() {
    return memory.after(ROOM, 0, 1000).entries().stream()
        .<String>mapMulti(
            (entry, texts) -> {
              if (entry instanceof Entry.Message message) {
                texts.accept(message.data().replace("\"", ""));
              }
            })
        .toList();
  }
}
