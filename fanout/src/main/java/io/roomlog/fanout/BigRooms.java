package io.roomlog.fanout;

import io.roomlog.core.RoomName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers, as long as the execution environment lives, which rooms were found to be big. While a
 * room is remembered nobody has to count it, and a room about as large as the limit does not change
 * sides with every batch, which could let a later batch overtake one on the queue. Safe for many
 * threads.
 */
final class BigRooms {

  /** How long a room is taken to be as big as it was. */
  static final Duration REMEMBERED = Duration.ofMinutes(1);

  /** Rooms remembered, at most; the oldest is forgotten first, and counted again. */
  static final int REMEMBERED_MAX = 1_000;

  private final Map<RoomName, Instant> counted =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomName, Instant> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  synchronized boolean remembers(RoomName room, Instant now) {
    Instant at = counted.get(room);
    return at != null && now.isBefore(at.plus(REMEMBERED));
  }

  /** Takes down that a room was counted, unless it is remembered. */
  synchronized void note(RoomName room, Instant now) {
    if (!remembers(room, now)) {
      counted.remove(room);
      counted.put(room, now);
    }
  }
}
