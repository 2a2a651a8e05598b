package io.roomlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link LogStore} promises. */
public abstract class LogStoreContract {

  private static final RoomName ROOM = new RoomName("lobby");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

  /** A store with nothing in it. */
  protected abstract LogStore emptyStore();

  @Test
  void positionsBeginAtOneAndAreHandedOutOnce() {
    LogStore store = emptyStore();
    assertThat(store.claim(ROOM, 1, NOW)).isEqualTo(1);
    assertThat(store.claim(ROOM, 3, NOW)).isEqualTo(4);
    assertThat(store.claim(new RoomName("other"), 1, NOW)).isEqualTo(1);
    assertThat(store.counter(ROOM)).isEqualTo(new Counter(4, NOW));
  }

  @Test
  void manyWritersAtOnceGetEachPositionOnce() {
    LogStore store = emptyStore();
    List<Future<Long>> claims;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      claims =
          IntStream.range(0, 40)
              .mapToObj(_ -> threads.submit(() -> store.claim(ROOM, 1, NOW)))
              .toList();
    }
    assertThat(claims.stream().map(Future::resultNow))
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
  }

  @Test
  void aRoomThatNobodyWroteToHasANewCounterAndNoEntries() {
    LogStore store = emptyStore();
    assertThat(store.counter(ROOM)).isEqualTo(Counter.NEW);
    assertThat(store.entries(ROOM, 0, 10)).isEmpty();
    assertThat(store.last(ROOM)).isEmpty();
  }

  @Test
  void aPositionIsWrittenOnceAndTheLoserLearnsByWhom() {
    LogStore store = emptyStore();
    Entry.Message first = message(1, "a");
    assertThat(store.put(ROOM, first)).isEqualTo(new LogStore.Put.Written());
    assertThat(store.put(ROOM, message(1, "b"))).isEqualTo(new LogStore.Put.Occupied(first));
    assertThat(store.put(ROOM, new Entry.Voided(1, NOW)))
        .isEqualTo(new LogStore.Put.Occupied(first));
    assertThat(store.entries(ROOM, 0, 10)).containsExactly(first);
  }

  @Test
  void entriesComeBackAsTheyWentIn() {
    LogStore store = emptyStore();
    Entry.Message message =
        new Entry.Message(
            1, NOW, "n", "id-1", "ann", "Ann \u202e \ud83d\ude00", "\"\\u0000\ud83d\ude00\"");
    Entry.Voided voided = new Entry.Voided(2, NOW);
    store.put(ROOM, message);
    store.put(ROOM, voided);
    assertThat(store.entries(ROOM, 0, 10)).containsExactly(message, voided);
    assertThat(store.last(ROOM)).contains(voided);
  }

  @Test
  void entriesAreInOrderAfterAPositionAndNoMoreThanAsked() {
    LogStore store = emptyStore();
    LongStream.of(12, 3, 9, 10, 1).forEach(position -> store.put(ROOM, message(position, "n")));
    assertThat(store.entries(ROOM, 1, 3)).extracting(Entry::position).containsExactly(3L, 9L, 10L);
    assertThat(store.entries(ROOM, 12, 3)).isEmpty();
  }

  @Test
  void aPageLargerThanOneAnswerOfTheStorageIsWhole() {
    LogStore store = emptyStore();
    String data = "\"" + "x".repeat(24_000) + "\"";
    LongStream.rangeClosed(1, 60)
        .forEach(
            position ->
                store.put(ROOM, new Entry.Message(position, NOW, "n", null, "ann", "Ann", data)));
    assertThat(store.entries(ROOM, 0, 60)).hasSize(60);
    assertThat(store.entries(ROOM, 0, 50)).hasSize(50);
  }

  @Test
  void anEntryAndItsMarkerAreWrittenTogether() {
    LogStore store = emptyStore();
    Entry.Message message = message(1, "a");
    assertThat(store.put(ROOM, message, marker(1))).isEqualTo(new LogStore.Put.Written());
    assertThat(store.marker(marker(1).key(), NOW)).contains(marker(1));
    assertThat(store.entries(ROOM, 0, 10)).containsExactly(message);
  }

  @Test
  void aKnownMarkerKeepsTheEntryOut() {
    LogStore store = emptyStore();
    store.put(ROOM, message(1, "a"), marker(1));
    assertThat(store.put(ROOM, message(2, "b"), marker(2)))
        .isEqualTo(new LogStore.Put.Known(marker(1)));
    assertThat(store.entries(ROOM, 1, 10)).isEmpty();
  }

  @Test
  void anOccupiedPositionKeepsTheMarkerOut() {
    LogStore store = emptyStore();
    Entry.Voided voided = new Entry.Voided(1, NOW);
    store.put(ROOM, voided);
    assertThat(store.put(ROOM, message(1, "a"), marker(1)))
        .isEqualTo(new LogStore.Put.Occupied(voided));
    assertThat(store.marker(marker(1).key(), NOW)).isEmpty();
  }

  @Test
  void aTransactionThatHappenedMeetsItselfAndNotItsMarker() {
    LogStore store = emptyStore();
    Entry.Message message = message(1, "a");
    store.put(ROOM, message, marker(1));
    assertThat(store.put(ROOM, message, marker(1))).isEqualTo(new LogStore.Put.Occupied(message));
  }

  @Test
  void aMarkerPastItsTimeCountsAsAbsent() {
    LogStore store = emptyStore();
    store.put(ROOM, message(1, "a"), marker(1));
    Instant last = NOW.plus(Marker.LIFE).truncatedTo(ChronoUnit.SECONDS).minusMillis(1);
    assertThat(store.marker(marker(1).key(), last)).isPresent();
    assertThat(store.marker(marker(1).key(), last.plusMillis(1))).isEmpty();
    Entry.Message late = at(message(2, "b"), last);
    assertThat(store.put(ROOM, late, marker(2))).isInstanceOf(LogStore.Put.Known.class);
    Entry.Message later = at(message(2, "b"), last.plusMillis(1));
    assertThat(store.put(ROOM, later, marker(2))).isEqualTo(new LogStore.Put.Written());
    assertThat(store.marker(marker(2).key(), NOW)).contains(marker(2));
  }

  @Test
  void raisingACounterNeverLowersIt() {
    LogStore store = emptyStore();
    store.raise(ROOM, 7, NOW);
    assertThat(store.counter(ROOM).head()).isEqualTo(7);
    store.raise(ROOM, 5, NOW.plusSeconds(1));
    assertThat(store.counter(ROOM)).isEqualTo(new Counter(7, NOW));
    assertThat(store.claim(ROOM, 1, NOW)).isEqualTo(8);
  }

  private static Entry.Message message(long position, String nonce) {
    return new Entry.Message(position, NOW, nonce, null, "ann", "Ann", "\"hello\"");
  }

  private static Entry.Message at(Entry.Message message, Instant at) {
    return new Entry.Message(
        message.position(), at, message.nonce(), null, "ann", "Ann", message.data());
  }

  private static Marker marker(long position) {
    Instant expires = NOW.plus(Duration.ofHours(24)).truncatedTo(ChronoUnit.SECONDS);
    return new Marker(new Marker.Key(ROOM, "client:k", "m1"), position, NOW, expires);
  }
}
