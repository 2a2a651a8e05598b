package io.roomlog.core.log;

import static io.roomlog.core.log.Retention.forever;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomlog.core.RoomName;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.ForwardingLogStore;
import io.roomlog.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Pages both ways around holes, in a room for ever. */
class RoomLogPagesTest {

  private static final RoomName ROOM = new RoomName("lobby");

  private final ManualClock clock = new ManualClock();
  private final MemoryLogStore store = new MemoryLogStore();
  private final RoomLog log = new RoomLog(store, clock, new Random(1), clock::pass);

  @Test
  void aRoomThatNobodyWroteToHasEmptyPagesBothWays() {
    Page empty = page(1, 0, 0, false, false);
    assertThat(log.after(ROOM, 0, 10)).isEqualTo(empty);
    assertThat(log.latest(ROOM, 10)).isEqualTo(empty);
    assertThat(log.before(ROOM, 0, 10)).isEqualTo(empty);
    assertThat(log.before(ROOM, 1, 10)).isEqualTo(empty);
  }

  @Test
  void theLatestPageIsCutAtItsOldEnd() {
    filled(1, 5);
    assertThat(log.latest(ROOM, 2)).isEqualTo(page(4, 5, 5, true, false));
    assertThat(log.before(ROOM, 4, 3)).isEqualTo(page(1, 3, 5, false, false));
    assertThat(log.before(ROOM, 4, 2)).isEqualTo(page(2, 3, 5, true, false));
  }

  @Test
  void moreSaysWhetherThereIsMoreInTheDirectionRead() {
    filled(1, 3);
    assertThat(log.after(ROOM, 0, 3).more()).isFalse();
    assertThat(log.after(ROOM, 0, 2).more()).isTrue();
    assertThat(log.latest(ROOM, 3).more()).isFalse();
    assertThat(log.latest(ROOM, 2).more()).isTrue();
  }

  @Test
  void aPositionBeyondTheHeadCountsAsTheEndOfTheLog() {
    filled(1, 5);
    assertThat(log.before(ROOM, 6, 2)).isEqualTo(page(4, 5, 5, true, false));
    assertThat(log.before(ROOM, 1_000, 2)).isEqualTo(page(4, 5, 5, true, false));
    assertThat(log.after(ROOM, 5, 2)).isEqualTo(page(6, 5, 5, false, false));
    assertThat(log.after(ROOM, 1_000, 2)).isEqualTo(page(1_001, 1_000, 5, false, false));
    Page farthest = log.after(ROOM, Long.MAX_VALUE, 2);
    assertThat(farthest.to()).isEqualTo(farthest.from() - 1);
  }

  @Test
  void nothingIsBeforeTheFirstPosition() {
    filled(1, 5);
    assertThat(log.before(ROOM, 1, 2)).isEqualTo(page(1, 0, 5, false, false));
    assertThat(log.before(ROOM, 0, 2)).isEqualTo(page(1, 0, 5, false, false));
  }

  @Test
  void whatIsInFlightAtTheHeadIsLeftOutOfTheLatestPage() {
    filled(1, 60);
    claim(25);
    assertThat(log.latest(ROOM, 50)).isEqualTo(page(11, 60, 85, true, true));
    assertThat(log.latest(ROOM, 10)).isEqualTo(page(51, 60, 85, true, true));
    assertThat(log.after(ROOM, 55, 50)).isEqualTo(page(56, 60, 85, true, true));
  }

  @Test
  void aBackwardPageEndsBeforeTheLowestOpenPositionOfItsRange() {
    filled(1, 10);
    claim(1);
    filled(12, 14);
    claim(1);
    filled(16, 20);
    assertThat(log.latest(ROOM, 10)).isEqualTo(page(9, 10, 20, true, true));
    // One shorter, and the lower of the two is out of range.
    assertThat(log.latest(ROOM, 9)).isEqualTo(page(12, 14, 20, true, true));
    assertThat(log.latest(ROOM, 5)).isEqualTo(page(16, 20, 20, true, false));
    assertThat(log.before(ROOM, 16, 3)).isEqualTo(page(12, 14, 20, true, true));
  }

  @Test
  void aBackwardPageIsEmptyWhileTheVeryFirstPositionIsOpen() {
    claim(1);
    filled(2, 4);
    assertThat(log.latest(ROOM, 10)).isEqualTo(page(1, 0, 4, false, true));
    assertThat(log.after(ROOM, 0, 10)).isEqualTo(page(1, 0, 4, true, true));
    assertThat(log.latest(ROOM, 3)).isEqualTo(page(2, 4, 4, true, false));
  }

  @Test
  void aHoleAtTheTopOfABackwardPageIsAsOldAsTheEntryAboveIt() {
    filled(1, 3);
    claim(1);
    filled(5, 5);
    clock.pass(HoleAge.WRITER_MAX);
    filled(6, 6);
    assertThat(log.before(ROOM, 5, 10).pending()).isTrue();
    clock.pass(Duration.ofMillis(1));
    Page page = log.before(ROOM, 5, 10);
    assertThat(page.pending()).isFalse();
    assertThat(page.entries().getLast()).isInstanceOf(Entry.Voided.class);
  }

  @Test
  void aPageThatWouldCloseTooManyHolesIsCutAtItsOldEnd() {
    filled(1, 10);
    claim(PageCut.FILLS_MAX + 1);
    clock.pass(Duration.ofSeconds(6));
    Page latest = log.latest(ROOM, RoomLog.PAGE_ENTRIES_MAX);
    assertThat(latest.from()).isEqualTo(12);
    assertThat(latest.to()).isEqualTo(10 + PageCut.FILLS_MAX + 1L);
    assertThat(latest.pending()).isFalse();
    assertThat(latest.more()).isTrue();
    Page all = log.before(ROOM, 12, RoomLog.PAGE_ENTRIES_MAX);
    assertThat(all.from()).isEqualTo(1);
    assertThat(all.to()).isEqualTo(11);
  }

  @Test
  void holesOverSeveralPagesAreClosedOnTheWay() {
    filled(1, 2);
    claim(5);
    filled(8, 9);
    clock.pass(Duration.ofSeconds(6));
    assertThat(log.after(ROOM, 0, 4)).satisfies(page -> assertThat(page.to()).isEqualTo(4));
    assertThat(log.before(ROOM, 8, 2)).satisfies(page -> assertThat(page.from()).isEqualTo(6));
    assertThat(log.after(ROOM, 4, 4)).satisfies(page -> assertThat(page.to()).isEqualTo(8));
    assertThat(store.after(ROOM, 0, 10).entries()).hasSize(9);
  }

  @Test
  void entriesThatArriveAfterTheCounterWasReadBelongToThePage() {
    filled(1, 3);
    for (boolean forward : new boolean[] {true, false}) {
      long head = store.counter(ROOM).head();
      LogStore arriving =
          new ForwardingLogStore(store) {
            @Override
            public Counter counter(RoomName room) {
              Counter counter = super.counter(room);
              filled(counter.head() + 1, counter.head() + 2);
              return counter;
            }
          };
      RoomLog reader = new RoomLog(arriving, clock, new Random(1), clock::pass);
      Page page = forward ? reader.after(ROOM, 0, 100) : reader.latest(ROOM, 100);
      assertThat(page).isEqualTo(page(1, head + 2, head + 2, false, false));
    }
  }

  @Test
  void aCounterBehindItsLogHidesNothing() {
    filled(1, 3);
    LongStream.rangeClosed(4, 6).forEach(position -> store.put(ROOM, message(position), forever()));
    assertThat(log.after(ROOM, 0, 10)).isEqualTo(page(1, 6, 6, false, false));
    assertThat(log.latest(ROOM, 10)).isEqualTo(page(1, 6, 6, false, false));
    assertThat(log.before(ROOM, 6, 2)).isEqualTo(page(4, 5, 5, true, false));
  }

  @Test
  void aSliceThatTheStorageCutsIsAShorterPage() {
    filled(1, 20);
    LogStore cutting =
        new ForwardingLogStore(store) {
          @Override
          public Slice after(RoomName room, long after, int limit) {
            return super.after(room, after, Math.min(limit, 6));
          }

          @Override
          public Slice before(RoomName room, long before, int limit) {
            return super.before(room, before, Math.min(limit, 6));
          }
        };
    RoomLog reader = new RoomLog(cutting, clock, new Random(1), clock::pass);
    assertThat(reader.after(ROOM, 2, 10)).isEqualTo(page(3, 8, 20, true, false));
    assertThat(reader.latest(ROOM, 10)).isEqualTo(page(15, 20, 20, true, false));
    assertThat(reader.before(ROOM, 7, 10)).isEqualTo(page(1, 6, 20, false, false));
  }

  @Test
  void aLimitOrAPositionOutOfRangeIsRefused() {
    assertRefused(() -> log.after(ROOM, -1, 1));
    assertRefused(() -> log.before(ROOM, -1, 1));
    assertRefused(() -> log.latest(ROOM, 0));
    assertRefused(() -> log.after(ROOM, 0, RoomLog.PAGE_ENTRIES_MAX + 1));
    assertThat(log.latest(ROOM, RoomLog.PAGE_ENTRIES_MAX).entries()).isEmpty();
  }

  private static void assertRefused(Runnable reading) {
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(reading::run);
  }

  private void claim(int count) {
    store.claim(ROOM, count, clock.instant(), forever());
  }

  private void filled(long from, long to) {
    LongStream.rangeClosed(from, to)
        .forEach(
            position -> {
              claim(1);
              store.put(ROOM, message(position), forever());
            });
  }

  private Entry message(long position) {
    Instant at = clock.instant();
    return new Entry.Message(position, at, "n" + position, null, "ann", "Ann", "\"hi\"");
  }

  /** A page with what is stored. */
  private Page page(long from, long to, long head, boolean more, boolean pending) {
    int size = (int) (to - from + 1);
    return new Page(
        from,
        to,
        head,
        1,
        size == 0 ? List.of() : store.after(ROOM, from - 1, size).entries(),
        more,
        pending);
  }
}
