package io.roomlog.fanout;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.dynamo.UnreadableItem;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is missing between the first and the last entry of a batch. The stream may bring two
 * entries in either order, and often the one that lies between is stored already and only on its
 * way: one read here spares every client of the room a question.
 *
 * <p>It closes no holes and waits for nobody. What is not found stays missing, and clients ask.
 */
final class Gaps {

  /** The widest gap that is read, in positions: what one query returns of short entries. */
  static final int SPAN_MAX = 1_000;

  private static final Logger log = LoggerFactory.getLogger(Gaps.class);

  private final LogStore store;

  Gaps(LogStore store) {
    this.store = store;
  }

  /**
   * A batch's entries, and those between them that are stored.
   *
   * @param entries in the order of their positions, at least one
   */
  List<Entry> closed(RoomName room, List<Entry> entries) {
    long first = entries.getFirst().position();
    long span = entries.getLast().position() - first;
    if (span < entries.size() || span > SPAN_MAX) {
      return entries;
    }
    try {
      return merged(entries, store.after(room, first, (int) span - 1).entries());
    } catch (StorageUnavailable | UnreadableItem e) {
      // A newer version may have written what lies between; the batch itself is readable.
      log.atWarn()
          .addKeyValue("room", room.value())
          .addKeyValue("reason", e.getMessage())
          .log("gap_not_read");
      return entries;
    }
  }

  private static List<Entry> merged(List<Entry> entries, List<Entry> read) {
    long last = entries.getLast().position();
    Map<Long, Entry> all =
        read.stream()
            .filter(entry -> entry.position() < last)
            .collect(
                Collectors.toMap(Entry::position, Function.identity(), (a, _) -> a, TreeMap::new));
    entries.forEach(entry -> all.put(entry.position(), entry));
    return List.copyOf(all.values());
  }
}
