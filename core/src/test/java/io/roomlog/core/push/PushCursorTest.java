package io.roomlog.core.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.core.dynamo.DynamoPushCursor;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Retention;
import io.roomlog.core.memory.MemoryPushCursor;
import io.roomlog.core.testing.TestTables;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link PushCursor} promises. */
class PushCursorTest {

  private static final RoomName ROOM = new RoomName("lobby");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final TestTables tables = TestTables.fresh();

  private static Pushed pushed(long... positions) {
    Pushed pushed = Pushed.NOTHING;
    for (long position : positions) {
      pushed = pushed.with(position);
    }
    return pushed;
  }

  private PushCursor stored() {
    return new DynamoPushCursor(tables.dynamo(), tables.name("rooms"));
  }

  @Test
  void whatWasAddedIsThere() {
    whatWasAddedIsThere(new MemoryPushCursor());
    whatWasAddedIsThere(stored());
  }

  private static void whatWasAddedIsThere(PushCursor cursor) {
    assertThat(cursor.read(ROOM)).isEqualTo(Pushed.NOTHING);
    cursor.add(ROOM, Pushed.NOTHING, pushed(41, 43));
    assertThat(cursor.read(ROOM)).isEqualTo(pushed(41, 43));
    cursor.add(ROOM, pushed(41, 43), pushed(42));
    assertThat(cursor.read(ROOM)).isEqualTo(pushed(41, 42, 43));
    assertThat(cursor.read(new RoomName("other"))).isEqualTo(Pushed.NOTHING);
  }

  @Test
  void whatSomebodyElseAddedMeanwhileStays() {
    whatSomebodyElseAddedMeanwhileStays(new MemoryPushCursor());
    whatSomebodyElseAddedMeanwhileStays(stored());
  }

  private static void whatSomebodyElseAddedMeanwhileStays(PushCursor cursor) {
    cursor.add(ROOM, Pushed.NOTHING, pushed(1, 2));
    cursor.add(ROOM, Pushed.NOTHING, pushed(5));
    cursor.add(ROOM, pushed(1, 2), pushed(3));
    assertThat(cursor.read(ROOM)).isEqualTo(pushed(1, 2, 3, 5));
  }

  @Test
  void theCounterAndTheShardsOfTheRoomStayAsTheyAre() {
    tables.logStore().claim(ROOM, 7, NOW, Retention.forever());
    tables.membership().grow(ROOM, 4);
    stored().add(ROOM, Pushed.NOTHING, pushed(7));
    assertThat(tables.logStore().counter(ROOM)).isEqualTo(new Counter(7, NOW));
    assertThat(tables.membership().roster(ROOM, NOW).shards()).isEqualTo(4);
  }
}
