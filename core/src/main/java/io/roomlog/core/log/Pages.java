package io.roomlog.core.log;

import io.roomlog.core.RoomName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages: the counter, then one slice of entries, whichever way. Only at the edge of a slice
 * may a further entry be needed, to tell how old a hole is there, or what it is.
 */
final class Pages {

  private final LogStore store;
  private final Writing writing;
  private final FirstPosition firsts;

  Pages(LogStore store, Writing writing) {
    this.store = store;
    this.writing = writing;
    this.firsts = new FirstPosition(store);
  }

  /** Reads forward. */
  Page after(RoomName room, long after, int limit, Instant now) {
    Counter counter = store.counter(room);
    long first = firsts.find(room, counter, now);
    long from = Math.max(after + 1, first);
    Slice slice = store.after(room, from - 1, limit);
    // Entries may have come after the counter was read, or be ahead of a counter that is behind.
    long head = Math.max(counter.head(), highest(slice));
    long lowest = slice.entries().isEmpty() ? head + 1 : slice.entries().getFirst().position();
    Entry below =
        counter.expiry().never() || from == first || from >= lowest ? null : below(room, from);
    Stretch stretch = stretch(counter, now, from, below, slice);
    if (slice.exhausted()) {
      stretch.endAt(head, counter.at());
    }
    if (stretch.from() > from) {
      first = firsts.raise(room, counter, now, stretch.from());
    }
    return cut(room, counter, stretch, head, first, now).forward(limit);
  }

  /** Reads backward. */
  Page before(RoomName room, long before, int limit, Instant now) {
    Counter counter = store.counter(room);
    long first = firsts.find(room, counter, now);
    if (before <= first) {
      return new Page(
          first, first - 1, counter.head(), first, List.of(), false, false, counter.bans().at(now));
    }
    Slice slice = store.before(room, before, limit);
    long head = Math.max(counter.head(), highest(slice));
    long top = Math.min(before - 1, head);
    boolean bottom = slice.exhausted() || slice.entries().getFirst().position() <= first;
    long from = bottom ? first : slice.entries().getFirst().position();
    Stretch stretch = stretch(counter, now, from, null, slice);
    if (stretch.to() < top) {
      stretch.endAt(top, above(room, top, head, counter));
    }
    if (stretch.from() > from) {
      first = firsts.raise(room, counter, now, stretch.from());
    }
    return cut(room, counter, stretch, head, first, now).backward(limit);
  }

  private PageCut cut(
      RoomName room, Counter counter, Stretch stretch, long head, long first, Instant now) {
    return new PageCut(writing, room, counter, stretch, head, first, now);
  }

  private static Stretch stretch(
      Counter counter, Instant now, long from, @Nullable Entry below, Slice slice) {
    Stretch stretch = new Stretch(counter, now, from, below);
    slice.entries().stream().filter(entry -> entry.position() >= from).forEach(stretch::add);
    return stretch;
  }

  private static long highest(Slice slice) {
    return slice.entries().isEmpty() ? 0 : slice.entries().getLast().position();
  }

  private @Nullable Entry below(RoomName room, long position) {
    List<Entry> entries = store.before(room, position, 1).entries();
    return entries.isEmpty() ? null : entries.getFirst();
  }

  /**
   * The {@code at} of what stands above a position. The counter's would do to tell the age of a
   * hole under the head, but a void takes it over, and must expire with what is around it.
   */
  private Instant above(RoomName room, long top, long head, Counter counter) {
    List<Entry> entries = top == head ? List.of() : store.after(room, top, 1).entries();
    return entries.isEmpty() ? counter.at() : entries.getFirst().at();
  }
}
