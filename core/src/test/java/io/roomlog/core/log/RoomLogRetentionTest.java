package io.roomlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.ForwardingLogStore;
import io.roomlog.core.testing.ManualClock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reading where entries expire. The clock starts at a whole hour. */
class RoomLogRetentionTest {

  private static final RoomName ROOM = new RoomName("lobby");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final ManualClock clock = new ManualClock();
  private final MemoryLogStore store = new MemoryLogStore();
  private int reads;
  private final LogStore counted =
      new ForwardingLogStore(store) {
        @Override
        public Slice after(RoomName room, long after, int limit) {
          reads++;
          return super.after(room, after, limit);
        }
      };
  private final RoomLog log = log(Retention.ofDays(1));

  private RoomLog log(Retention retention) {
    return new RoomLog(counted, retention, clock, new Random(1), clock::pass);
  }

  @Test
  void anEntryIsHiddenAtItsHourWhetherItIsDeletedOrNot() throws Exception {
    append(log, 2);
    clock.pass(HOUR);
    append(log, 1);
    clock.pass(DAY.minusMillis(1));
    assertThat(log.after(ROOM, 0, 10).first()).isEqualTo(1);
    clock.pass(Duration.ofMillis(1));
    assertThat(log.after(ROOM, 0, 10)).satisfies(page -> assertPage(page, 3, 3, 3));
    assertThat(log.latest(ROOM, 10)).satisfies(page -> assertPage(page, 3, 3, 3));
    store.deleteExpired(ROOM, clock.instant(), position -> position == 2);
    assertThat(log(Retention.forever()).after(ROOM, 0, 10))
        .satisfies(page -> assertPage(page, 3, 3, 3));
  }

  @Test
  void allExpiredIsAnEmptyPageAfterTheHead() throws Exception {
    append(log, 3);
    clock.pass(DAY.plus(HOUR));
    assertThat(log.after(ROOM, 0, 10)).isEqualTo(new Page(4, 3, 3, 4, List.of(), false, false));
    store.deleteExpired(ROOM, clock.instant(), _ -> true);
    assertThat(log.latest(ROOM, 10)).isEqualTo(new Page(4, 3, 3, 4, List.of(), false, false));
    assertThat(store.before(ROOM, 4, 10).entries()).as("nothing was closed").isEmpty();
  }

  @Test
  void whatIsWrittenAfterALongSilenceCanBeReadAtOnce() throws Exception {
    append(log, 3);
    clock.pass(DAY.multipliedBy(4));
    store.deleteExpired(ROOM, clock.instant(), _ -> true);
    append(log, 1);
    assertThat(log.latest(ROOM, 10)).satisfies(page -> assertPage(page, 4, 4, 4));
    assertThat(log.after(ROOM, 0, 10)).satisfies(page -> assertPage(page, 4, 4, 4));
  }

  @Test
  void aWriterAfterALongSilenceIsWaitedFor() throws Exception {
    append(log, 3);
    clock.pass(DAY.multipliedBy(4));
    store.deleteExpired(ROOM, clock.instant(), _ -> true);
    store.claim(ROOM, 1, clock.instant(), Retention.ofDays(1));
    append(log, 1);
    Page page = log.after(ROOM, 0, 10);
    assertThat(page).isEqualTo(new Page(4, 3, 5, 4, List.of(), true, true));
    clock.pass(Duration.ofSeconds(6));
    assertThat(log.after(ROOM, 0, 10)).satisfies(closed -> assertPage(closed, 4, 5, 4));
    assertThat(store.after(ROOM, 0, 10).entries()).hasSize(2);
  }

  @Test
  void aHoleThatMayHaveExpiredIsNotClosed() throws Exception {
    append(log, 1);
    store.claim(ROOM, 1, clock.instant(), Retention.ofDays(1));
    append(log, 1);
    clock.pass(DAY.minus(HOUR).minusMillis(1));
    assertThat(log.head(ROOM).head()).isEqualTo(3);
    clock.pass(Duration.ofMillis(1));
    append(log, 1);
    assertThat(log.after(ROOM, 0, 10)).satisfies(page -> assertPage(page, 3, 4, 3));
    assertThat(store.after(ROOM, 1, 1).entries().getFirst().position()).isEqualTo(3);
  }

  @Test
  void aVoidExpiresWithWhatIsAroundIt() throws Exception {
    append(log, 1);
    store.claim(ROOM, 1, clock.instant(), Retention.ofDays(1));
    append(log, 1);
    clock.pass(HOUR.multipliedBy(20));
    assertThat(log.after(ROOM, 0, 10).entries().get(1)).isInstanceOf(Entry.Voided.class);
    assertThat(store.expiresAt(ROOM, 2)).isEqualTo(store.expiresAt(ROOM, 3)).isPresent();
  }

  @Test
  void aShorterRetentionHidesWhatIsStoredAndALongerOneBringsNothingBack() throws Exception {
    append(log(Retention.ofDays(30)), 2);
    clock.pass(DAY.multipliedBy(2));
    append(log(Retention.ofDays(30)), 1);
    assertThat(log.after(ROOM, 0, 10).first()).isEqualTo(1);
    append(log(Retention.ofDays(1)), 1);
    assertThat(log.after(ROOM, 0, 10)).satisfies(page -> assertPage(page, 3, 4, 3));
    append(log(Retention.ofDays(30)), 1);
    assertThat(log.after(ROOM, 0, 10)).satisfies(page -> assertPage(page, 3, 5, 3));
    clock.pass(DAY.plus(HOUR));
    assertThat(log.after(ROOM, 0, 10)).satisfies(page -> assertPage(page, 5, 5, 5));
  }

  @Test
  void aLogForEverThatGetsARetentionStaysReadableForThatLong() throws Exception {
    append(log(Retention.forever()), 2);
    clock.pass(HOUR);
    append(log(Retention.ofDays(1)), 1);
    assertThat(log.after(ROOM, 0, 10)).satisfies(page -> assertPage(page, 1, 3, 1));
    clock.pass(DAY);
    assertThat(log.after(ROOM, 0, 10)).satisfies(page -> assertPage(page, 3, 3, 3));
    assertThat(store.expiresAt(ROOM, 1)).as("what is stored stays").isEmpty();
  }

  @Test
  void aRetentionThatIsTakenBackLeavesWhatExpiredHiddenAndWhatIsNewForEver() throws Exception {
    append(log(Retention.ofDays(1)), 2);
    append(log(Retention.forever()), 2);
    clock.pass(DAY.multipliedBy(400));
    store.deleteExpired(ROOM, clock.instant(), _ -> true);
    assertThat(store.before(ROOM, 9, 9).entries()).hasSize(2);
    assertThat(log.after(ROOM, 0, 10)).satisfies(page -> assertPage(page, 3, 4, 3));
  }

  @Test
  void theFirstPositionIsFoundAmongManyExpiredWithFewReadsOnceAnHour() throws Exception {
    for (int i = 0; i < 40; i++) {
      append(log, 25);
    }
    clock.pass(HOUR);
    append(log, 25);
    clock.pass(DAY);
    reads = 0;
    RoomLog cold = log(Retention.forever());
    assertThat(cold.latest(ROOM, 10).first()).isEqualTo(1_001);
    // 1,025 positions: at the bottom, ten times in the middle, then the stretch above.
    assertThat(reads).isLessThanOrEqualTo(12);
    reads = 0;
    assertThat(cold.latest(ROOM, 10).first()).isEqualTo(1_001);
    assertThat(reads).isZero();
    clock.pass(HOUR);
    assertThat(cold.latest(ROOM, 10).first()).isEqualTo(1_026);
  }

  @Test
  void aRoomForEverIsNeverSearched() throws Exception {
    append(log(Retention.forever()), 3);
    reads = 0;
    assertThat(log.latest(ROOM, 10).first()).isEqualTo(1);
    assertThat(reads).isZero();
  }

  @Test
  void aMissingPositionAtTheBeginningOfAPageIsToldByTheEntryBelow() throws Exception {
    append(log, 2);
    clock.pass(HOUR.multipliedBy(2));
    store.claim(ROOM, 1, clock.instant(), Retention.ofDays(1));
    append(log, 1);
    clock.pass(HOUR.multipliedBy(3));
    assertThat(log.after(ROOM, 2, 10)).satisfies(page -> assertPage(page, 3, 4, 1));
  }

  private void append(RoomLog to, int count) throws InterruptedException {
    List<Draft> drafts = Collections.nCopies(count, new Draft(null, "\"x\""));
    assertThat(to.append(ROOM, new Author("a", "ann", "Ann"), drafts)).hasSize(count);
  }

  private static void assertPage(Page page, long from, long to, long first) {
    assertThat(List.of(page.from(), page.to(), page.first())).containsExactly(from, to, first);
    assertThat(page.pending()).isFalse();
  }
}
