package io.roomlog.core.log;

import static io.roomlog.core.log.Retention.forever;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomlog.core.RoomName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** Where the bans of that store's rooms are kept. */
  protected abstract BanStore bansOf(LogStore store);

  @Test
  void positionsBeginAtOneAndAreHandedOutOnce() {
    LogStore store = emptyStore();
    assertThat(store.claim(ROOM, 1, NOW, forever()).last()).isEqualTo(1);
    assertThat(store.claim(ROOM, 3, NOW, forever()).last()).isEqualTo(4);
    assertThat(store.claim(new RoomName("other"), 1, NOW, forever()).last()).isEqualTo(1);
    assertThat(store.counter(ROOM)).isEqualTo(new Counter(4, NOW));
  }

  @Test
  void manyWritersAtOnceGetEachPositionOnce() {
    LogStore store = emptyStore();
    List<Future<Long>> claims;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      claims =
          IntStream.range(0, 40)
              .mapToObj(_ -> threads.submit(() -> store.claim(ROOM, 1, NOW, forever()).last()))
              .toList();
    }
    assertThat(claims.stream().map(Future::resultNow))
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
  }

  @Test
  void aRoomThatNobodyWroteToHasANewCounterAndNoEntries() {
    LogStore store = emptyStore();
    assertThat(store.counter(ROOM)).isEqualTo(Counter.NEW);
    assertThat(store.after(ROOM, 0, 10).entries()).isEmpty();
    assertThat(store.before(ROOM, Long.MAX_VALUE, 1).entries()).isEmpty();
  }

  @Test
  void aPositionIsWrittenOnceAndTheLoserLearnsByWhom() {
    LogStore store = emptyStore();
    Entry.Message first = message(1, "a");
    assertThat(store.put(ROOM, first, forever())).isEqualTo(new LogStore.Put.Written());
    assertThat(store.put(ROOM, message(1, "b"), forever()))
        .isEqualTo(new LogStore.Put.Occupied(first));
    assertThat(store.put(ROOM, new Entry.Voided(1, NOW), forever()))
        .isEqualTo(new LogStore.Put.Occupied(first));
    assertThat(store.after(ROOM, 0, 10).entries()).containsExactly(first);
  }

  @Test
  void entriesComeBackAsTheyWentIn() {
    LogStore store = emptyStore();
    Entry.Message message =
        new Entry.Message(
            1, NOW, "n", "id-1", "ann", "Ann \u202e \ud83d\ude00", "\"\\u0000\ud83d\ude00\"");
    Entry.Voided voided = new Entry.Voided(2, NOW);
    store.put(ROOM, message, forever());
    store.put(ROOM, voided, forever());
    assertThat(store.after(ROOM, 0, 10).entries()).containsExactly(message, voided);
    assertThat(store.before(ROOM, Long.MAX_VALUE, 1).entries()).containsExactly(voided);
  }

  @Test
  void entriesAreInOrderAfterAPositionAndNoMoreThanAsked() {
    LogStore store = emptyStore();
    LongStream.of(12, 3, 9, 10, 1)
        .forEach(position -> store.put(ROOM, message(position, "n"), forever()));
    assertThat(store.after(ROOM, 1, 3).entries())
        .extracting(Entry::position)
        .containsExactly(3L, 9L, 10L);
    assertThat(store.after(ROOM, 12, 3).entries()).isEmpty();
  }

  @Test
  void entriesAreInOrderBeforeAPositionAndTheHighestOfThem() {
    LogStore store = emptyStore();
    LongStream.of(12, 3, 9, 10, 1)
        .forEach(position -> store.put(ROOM, message(position, "n"), forever()));
    assertThat(positions(store.before(ROOM, 12, 3))).containsExactly(3L, 9L, 10L);
    assertThat(positions(store.before(ROOM, Long.MAX_VALUE, 2))).containsExactly(10L, 12L);
    assertThat(store.before(ROOM, 1, 3)).isEqualTo(new Slice(List.of(), true));
    assertThat(store.before(ROOM, 4, 3).exhausted()).isTrue();
    assertThat(store.before(ROOM, 12, 3).exhausted()).isFalse();
    assertThat(store.after(ROOM, 3, 2).exhausted()).isFalse();
    assertThat(store.after(ROOM, 3, 4).exhausted()).isTrue();
  }

  @Test
  void aSliceThatIsCutSaysSoAndTheNextGoesOn() {
    LogStore store = emptyStore();
    String data = "\"" + "x".repeat(24_000) + "\"";
    LongStream.rangeClosed(1, 60)
        .forEach(
            position ->
                store.put(
                    ROOM,
                    new Entry.Message(position, NOW, "n", null, "ann", "Ann", data),
                    forever()));
    List<Long> rising = new ArrayList<>();
    Slice next;
    do {
      next = store.after(ROOM, rising.size(), 60);
      rising.addAll(positions(next));
    } while (!next.exhausted());
    assertThat(rising).isEqualTo(LongStream.rangeClosed(1, 60).boxed().toList());
    List<Long> falling = new ArrayList<>();
    do {
      next = store.before(ROOM, 61 - falling.size(), 60);
      falling.addAll(positions(next).reversed());
    } while (!next.exhausted());
    assertThat(falling.reversed()).isEqualTo(rising);
  }

  @Test
  void anEntryAndItsMarkerAreWrittenTogether() {
    LogStore store = emptyStore();
    Entry.Message message = message(1, "a");
    assertThat(store.put(ROOM, message, forever(), marker(1)))
        .isEqualTo(new LogStore.Put.Written());
    assertThat(store.marker(marker(1).key(), NOW)).contains(marker(1));
    assertThat(store.after(ROOM, 0, 10).entries()).containsExactly(message);
  }

  @Test
  void aKnownMarkerKeepsTheEntryOut() {
    LogStore store = emptyStore();
    store.put(ROOM, message(1, "a"), forever(), marker(1));
    assertThat(store.put(ROOM, message(2, "b"), forever(), marker(2)))
        .isEqualTo(new LogStore.Put.Known(marker(1)));
    assertThat(store.after(ROOM, 1, 10).entries()).isEmpty();
  }

  @Test
  void anOccupiedPositionKeepsTheMarkerOut() {
    LogStore store = emptyStore();
    Entry.Voided voided = new Entry.Voided(1, NOW);
    store.put(ROOM, voided, forever());
    assertThat(store.put(ROOM, message(1, "a"), forever(), marker(1)))
        .isEqualTo(new LogStore.Put.Occupied(voided));
    assertThat(store.marker(marker(1).key(), NOW)).isEmpty();
  }

  @Test
  void aTransactionThatHappenedMeetsItselfAndNotItsMarker() {
    LogStore store = emptyStore();
    Entry.Message message = message(1, "a");
    store.put(ROOM, message, forever(), marker(1));
    assertThat(store.put(ROOM, message, forever(), marker(1)))
        .isEqualTo(new LogStore.Put.Occupied(message));
  }

  @Test
  void aMarkerPastItsTimeCountsAsAbsent() {
    LogStore store = emptyStore();
    store.put(ROOM, message(1, "a"), forever(), marker(1));
    Instant last = NOW.plus(Marker.LIFE).truncatedTo(ChronoUnit.SECONDS).minusMillis(1);
    assertThat(store.marker(marker(1).key(), last)).isPresent();
    assertThat(store.marker(marker(1).key(), last.plusMillis(1))).isEmpty();
    Entry.Message late = at(message(2, "b"), last);
    assertThat(store.put(ROOM, late, forever(), marker(2))).isInstanceOf(LogStore.Put.Known.class);
    Entry.Message later = at(message(2, "b"), last.plusMillis(1));
    assertThat(store.put(ROOM, later, forever(), marker(2))).isEqualTo(new LogStore.Put.Written());
    assertThat(store.marker(marker(2).key(), NOW)).contains(marker(2));
  }

  @Test
  void raisingACounterNeverLowersIt() {
    LogStore store = emptyStore();
    store.raise(ROOM, 7, NOW);
    assertThat(store.counter(ROOM).head()).isEqualTo(7);
    store.raise(ROOM, 5, NOW.plusSeconds(1));
    assertThat(store.counter(ROOM)).isEqualTo(new Counter(7, NOW));
    assertThat(store.claim(ROOM, 1, NOW, forever()).last()).isEqualTo(8);
  }

  @Test
  void theCounterNotesTheRetentionItIsClaimedUnder() {
    LogStore store = emptyStore();
    Retention day = Retention.ofDays(1);
    Retention week = Retention.ofDays(7);
    Counter expected = Counter.NEW;
    Instant at = NOW;
    for (Retention next : List.of(forever(), week, week, day, forever(), week, week)) {
      at = at.plus(Duration.ofMinutes(50));
      expected = expected.claimed(2, at, next);
      assertThat(store.claim(ROOM, 2, at, next)).isEqualTo(new Claim(expected.head(), next));
      assertThat(store.counter(ROOM)).isEqualTo(expected);
    }
    at = at.plus(Duration.ofMinutes(61));
    expected = expected.claimed(1, at, week);
    assertThat(store.claim(ROOM, 1, at, week)).isEqualTo(new Claim(15, week));
    assertThat(store.counter(ROOM)).isEqualTo(expected);
    assertThat(expected.expiry()).isEqualTo(new Expiry(week, day, 10, 14));
    store.raise(ROOM, 20, at);
    assertThat(store.counter(ROOM)).isEqualTo(new Counter(20, at, expected.expiry()));
  }

  @Test
  void aNewRoomNotesItsRetentionToo() {
    LogStore store = emptyStore();
    Retention day = Retention.ofDays(1);
    assertThat(store.claim(ROOM, 3, NOW, day)).isEqualTo(new Claim(3, day));
    assertThat(store.counter(ROOM)).isEqualTo(Counter.NEW.claimed(3, NOW, day));
    Instant later = NOW.plus(Duration.ofDays(3));
    assertThat(store.claim(ROOM, 1, later, day).last()).isEqualTo(4);
    assertThat(store.counter(ROOM).expiry().quiet()).isEqualTo(3);
  }

  @Test
  void claimersOfTwoRetentionsAtOnceGetEachPositionOnceUnderOneOfThem() {
    LogStore store = emptyStore();
    List<Future<Claim>> claims;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      claims =
          IntStream.range(0, 40)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> store.claim(ROOM, 1, NOW, Retention.ofDays(1 + i % 2 * 6))))
              .toList();
    }
    assertThat(claims.stream().map(claim -> claim.resultNow().last()))
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
    Expiry expiry = store.counter(ROOM).expiry();
    assertThat(expiry.shortest()).isEqualTo(Retention.ofDays(1));
    // Whoever got a position has the retention that counts for it, or one that was shortened since.
    claims.forEach(
        claim -> {
          Claim got = claim.resultNow();
          Retention counts = expiry.of(got.last());
          assertThat(counts.orShorter(got.retention())).isEqualTo(counts);
        });
  }

  private static List<Long> positions(Slice slice) {
    return slice.entries().stream().map(Entry::position).toList();
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

  @Test
  void whatIsErasedKeepsItsPlaceAndItsTimeAndNothingElse() {
    LogStore store = emptyStore();
    Entry.Message message = new Entry.Message(1, NOW, "nonce", "id", "ann", "Ann", "\"secret\"");
    store.put(ROOM, message, forever());
    store.put(ROOM, new Entry.Voided(2, NOW), forever());

    assertThat(((Erasing) store).erase(ROOM, message)).isTrue();
    assertThat(store.after(ROOM, 0, 10).entries())
        .containsExactly(new Entry.Deleted(1, NOW, "nonce"), new Entry.Voided(2, NOW));
    assertThat(((Erasing) store).erase(ROOM, message)).as("a second time").isFalse();
    assertThat(store.put(ROOM, message, forever()))
        .as("a put that is repeated finds its own")
        .isEqualTo(new LogStore.Put.Occupied(new Entry.Deleted(1, NOW, "nonce")));
    assertThat(new Entry.Deleted(1, NOW, "nonce").wroteBy("nonce")).isTrue();
  }

  @Test
  void onlyWhatWasReadIsErased() {
    LogStore store = emptyStore();
    Entry.Message there = new Entry.Message(1, NOW, "theirs", null, "bob", "Bob", "1");
    store.put(ROOM, there, forever());
    store.put(ROOM, new Entry.Voided(2, NOW), forever());
    Erasing erasing = (Erasing) store;
    assertThat(erasing.erase(ROOM, new Entry.Message(1, NOW, "other", null, "a", "a", "1")))
        .isFalse();
    assertThat(erasing.erase(ROOM, new Entry.Message(2, NOW, "other", null, "a", "a", "1")))
        .isFalse();
    assertThat(erasing.erase(ROOM, new Entry.Message(3, NOW, "other", null, "a", "a", "1")))
        .isFalse();
    assertThat(store.after(ROOM, 0, 10).entries()).containsExactly(there, new Entry.Voided(2, NOW));
  }

  @Test
  void whoIsBannedGetsNoPositionUntilItEndsAndEverybodyElseDoes() {
    for (Retention retention : List.of(forever(), Retention.ofDays(1))) {
      LogStore store = emptyStore();
      BanStore bans = bansOf(store);
      Instant end = NOW.plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
      bans.change(Optional.of(ROOM), NOW, before -> before.with("ann.b#c", end));
      assertThat(store.counter(ROOM).bans().of("ann.b#c")).hasValue(end);
      assertThat(bans.bans(Optional.empty())).isEqualTo(Bans.NONE);

      assertThatExceptionOfType(SenderBanned.class)
          .isThrownBy(() -> store.claim(ROOM, 1, NOW, retention, Optional.of("ann.b#c")))
          .satisfies(banned -> assertThat(banned.until()).isEqualTo(end));
      assertThat(store.counter(ROOM).head()).isZero();
      assertThat(store.claim(ROOM, 1, NOW, retention, Optional.of("bob")).last()).isEqualTo(1);
      assertThat(store.claim(ROOM, 1, NOW, retention).last()).isEqualTo(2);
      Instant later = NOW.plus(Duration.ofHours(3));
      assertThat(store.claim(ROOM, 1, end, retention, Optional.of("ann.b#c")).last()).isEqualTo(3);
      assertThat(store.claim(ROOM, 1, later, retention, Optional.of("ann.b#c")).last())
          .isEqualTo(4);
    }
  }

  @Test
  void aBanOfASettledRoomIsMetOverASilenceToo() {
    LogStore store = emptyStore();
    Retention day = Retention.ofDays(1);
    store.claim(ROOM, 1, NOW, day);
    Instant later = NOW.plus(Duration.ofHours(3));
    bansOf(store).change(Optional.of(ROOM), NOW, bans -> bans.with("ann", later.plusSeconds(60)));
    assertThatExceptionOfType(SenderBanned.class)
        .isThrownBy(() -> store.claim(ROOM, 1, later, day, Optional.of("ann")));
    assertThat(store.claim(ROOM, 1, later, day, Optional.of("bob")).last()).isEqualTo(2);
    assertThat(store.counter(ROOM).expiry().quiet()).isEqualTo(1);
  }

  @Test
  void bansThatHaveEndedGoWithTheNextChange() {
    BanStore bans = bansOf(emptyStore());
    bans.change(Optional.empty(), NOW, before -> before.with("ann", NOW.plusSeconds(1)));
    Instant later = NOW.plusSeconds(5);
    bans.change(Optional.empty(), later, before -> before.with("bob", later.plusSeconds(5)));
    assertThat(bans.bans(Optional.empty()).until()).containsOnlyKeys("bob");
    assertThat(bans.change(Optional.empty(), later, _ -> Optional.empty())).isEmpty();
    assertThat(bans.bans(Optional.empty()).until()).containsOnlyKeys("bob");
  }
}
