package io.roomlog.handlers;

import io.roomlog.core.RoomName;
import io.roomlog.core.wire.Cut;
import io.roomlog.core.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Guesses how many entries of a room fill a frame, from the last page that was cut for it. What a
 * query reads beyond a frame is paid for and thrown away: of a room of 24 KB messages, a page of 50
 * would read a megabyte and send one of them.
 *
 * <p>Lives as long as the execution environment, and a wrong guess costs a shorter page or a larger
 * bill, never an entry. Safe for many threads.
 */
final class FrameFill {

  /** Entries read of a room that nothing is known of. */
  static final int UNKNOWN = 100;

  /** Rooms remembered at most; those asked for last. */
  static final int ROOMS_MAX = 1_000;

  /** Read a quarter more than is expected to fit, so that a frame is rarely left half empty. */
  private static final double MARGIN = 1.25;

  private final Map<RoomName, Integer> bytes =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomName, Integer> eldest) {
          return size() > ROOMS_MAX;
        }
      };

  /** How many entries to read, {@code limit} at most. */
  synchronized int entries(RoomName room, int limit) {
    Integer each = bytes.get(room);
    double fitting = each == null ? UNKNOWN : Math.ceil(MARGIN * Cut.FRAME_BYTES_MAX / each);
    return (int) Math.min(limit, fitting);
  }

  /** Notes what a page was like. */
  synchronized void note(RoomName room, Cut cut) {
    if (!cut.entries().isEmpty()) {
      bytes.put(room, Math.max(1, Json.bytes(cut.messages()) / cut.entries().size()));
    }
  }
}
