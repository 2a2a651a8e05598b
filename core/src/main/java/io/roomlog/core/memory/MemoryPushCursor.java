package io.roomlog.core.memory;

import io.roomlog.core.RoomName;
import io.roomlog.core.push.PushCursor;
import io.roomlog.core.push.Pushed;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers in memory what has been pushed. Safe for use by many threads. */
public class MemoryPushCursor implements PushCursor {

  private final Map<RoomName, Pushed> rooms = new ConcurrentHashMap<>();

  @Override
  public Pushed read(RoomName room) {
    return rooms.getOrDefault(room, Pushed.NOTHING);
  }

  @Override
  public void add(RoomName room, Pushed seen, Pushed more) {
    rooms.merge(room, more, Pushed::and);
  }
}
