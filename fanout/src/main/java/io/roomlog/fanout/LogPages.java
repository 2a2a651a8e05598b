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

/**
 * Reads positions from the log, page after page. What is not stored is left out: it closes no holes
 * and waits for nobody.
 */
final class LogPages {

  /** Entries in memory at once, at most: 12 MB of the largest. */
  static final int ENTRIES_MAX = 500;

  private final LogStore log;
  private final RoomName room;
  private final Deque<Merged.Run> left;

  LogPages(LogStore log, RoomName room, Merged wanted) {
    this.log = log;
    this.room = room;
    this.left = new ArrayDeque<>(wanted.runs());
  }

  /**
   * The next entries.
   *
   * @return in rising order; empty if there are no more
   * @throws io.roomlog.core.StorageUnavailable if the log cannot be read; whoever asks again gets
   *     the same page
   */
  List<Entry> next() {
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
    left.clear();
    left.addAll(unread);
    return page;
  }
}
