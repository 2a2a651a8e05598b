package io.roomlog.fanout;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Slice;
import io.roomlog.fanout.crowd.Merged;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads positions from the log, page after page, and with the last of them what follows without a
 * gap. What is not stored is left out: it closes no holes and waits for nobody.
 */
final class LogPages {

  /** Entries in memory at once, at most: 12 MB of the largest. */
  static final int ENTRIES_MAX = 500;

  private final LogStore log;
  private final RoomName room;
  private final Deque<Merged.Run> left;
  private final OptionalLong next;

  LogPages(LogStore log, RoomName room, Merged wanted) {
    this.log = log;
    this.room = room;
    this.left = new ArrayDeque<>(wanted.runs());
    this.next = wanted.next();
  }

  /**
   * Entries in rising order.
   *
   * @param wanted what was asked for
   * @param ahead what follows everything that was asked for or pushed; none of it if nothing that
   *     was asked for is on this page
   */
  record Page(List<Entry> wanted, List<Entry> ahead) {}

  /**
   * The next entries.
   *
   * @return without entries if there are no more
   * @throws io.roomlog.core.StorageUnavailable if the log cannot be read; whoever asks again gets
   *     the same page
   */
  Page next() {
    List<Entry> page = new ArrayList<>();
    Deque<Merged.Run> unread = new ArrayDeque<>(left);
    while (page.size() < ENTRIES_MAX && !unread.isEmpty()) {
      Merged.Run run = unread.removeFirst();
      int limit = (int) Math.min(run.length(), ENTRIES_MAX - page.size());
      Slice slice = log.after(room, run.from() - 1, limit);
      slice.entries().stream().filter(entry -> entry.position() <= run.to()).forEach(page::add);
      // The storage may cut a reading long before the limit.
      if (!slice.exhausted() && slice.entries().getLast().position() < run.to()) {
        unread.addFirst(new Merged.Run(slice.entries().getLast().position() + 1, run.to()));
      }
    }
    List<Entry> ahead = unread.isEmpty() && !page.isEmpty() ? ahead(page.size()) : List.of();
    left.clear();
    left.addAll(unread);
    return new Page(page, ahead);
  }

  /** What follows as far as there is no gap, and as far as there is room. */
  private List<Entry> ahead(int taken) {
    List<Entry> ahead = new ArrayList<>();
    if (next.isPresent() && taken < ENTRIES_MAX) {
      long first = next.getAsLong();
      for (Entry entry : log.after(room, first - 1, ENTRIES_MAX - taken).entries()) {
        if (entry.position() != first + ahead.size()) {
          break;
        }
        ahead.add(entry);
      }
    }
    return ahead;
  }
}
