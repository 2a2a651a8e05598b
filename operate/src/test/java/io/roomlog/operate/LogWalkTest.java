package io.roomlog.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.log.Slice;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LogWalkTest {

  private static final RoomName ROOM = new RoomName("lobby");

  private final ManualClock clock = new ManualClock();
  private final List<Long> positions = new ArrayList<>();

  private void write(LogStore store, int count) {
    for (int i = 0; i < count; i++) {
      long position = store.claim(ROOM, 1, clock.instant(), Retention.forever()).last();
      store.put(
          ROOM,
          new Entry.Message(position, clock.instant(), "n" + position, null, "a", "a", "1"),
          Retention.forever());
    }
  }

  private LogWalk walk(LogStore store) {
    Random random = new Random(1);
    return new LogWalk(new RoomLog(store, clock, random, clock::pass), ROOM, clock::pass, random);
  }

  private void note(List<Entry> entries) {
    entries.forEach(entry -> positions.add(entry.position()));
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void everyPositionComesOnceOverManyPages() throws InterruptedException {
    MemoryLogStore store = new MemoryLogStore();
    write(store, 2_500);
    LogWalk walk = walk(store);
    walk.from(1, Long.MAX_VALUE, this::note);
    assertThat(positions).isEqualTo(range(1, 2_500));
    assertThat(walk.next()).isEqualTo(2_501);
  }

  @Test
  void itBeginsAndEndsWhereItIsTold() throws InterruptedException {
    MemoryLogStore store = new MemoryLogStore();
    write(store, 10);
    walk(store).from(3, 7, this::note);
    assertThat(positions).isEqualTo(range(3, 7));
  }

  @Test
  void aPositionThatIsBeingWrittenIsWaitedForUntilItIsClosed() throws InterruptedException {
    MemoryLogStore store = new MemoryLogStore();
    write(store, 2);
    store.claim(ROOM, 1, clock.instant(), Retention.forever());
    write(store, 2);
    LogWalk walk = walk(store);
    List<Entry> entries = new ArrayList<>();
    walk.from(1, Long.MAX_VALUE, entries::addAll);
    assertThat(entries).extracting(Entry::position).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(entries.get(2)).isInstanceOf(Entry.Voided.class);
  }

  @Test
  void whatIsWrittenMeanwhileIsLeftToTheNextTime() throws InterruptedException {
    MemoryLogStore store = new MemoryLogStore();
    write(store, 3);
    LogWalk walk = walk(store);
    walk.from(
        1,
        Long.MAX_VALUE,
        entries -> {
          note(entries);
          write(store, 5);
        });
    assertThat(positions).isEqualTo(range(1, 3));
    assertThat(walk.next()).isEqualTo(4);
  }

  @Test
  void aStorageThatStopsAnsweringIsSaidWithWhereToGoOn() {
    MemoryLogStore store =
        new MemoryLogStore() {
          @Override
          public synchronized Slice after(RoomName room, long after, int limit) {
            if (after >= 1_000) {
              throw new StorageUnavailable("Query messages", "injected", new RuntimeException());
            }
            return super.after(room, after, limit);
          }
        };
    write(store, 1_500);
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> walk(store).from(1, Long.MAX_VALUE, this::note))
        .withMessage(
            "lobby: position 1001 could not be read: Query messages: injected; go on with --from"
                + " 1001");
    assertThat(positions).isEqualTo(range(1, 1_000));
  }
}
