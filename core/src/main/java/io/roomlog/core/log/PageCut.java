package io.roomlog.core.log;

import io.roomlog.core.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cuts a page out of what is known of a stretch, and closes the holes in it. */
final class PageCut {

  /** Holes that one read closes at most; a reader asks again for the rest. */
  static final int FILLS_MAX = 100;

  private final Writing writing;
  private final RoomName room;
  private final Counter counter;
  private final Stretch stretch;
  private final long head;
  private final long first;
  private final Instant now;
  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private int fills;

  PageCut(
      Writing writing,
      RoomName room,
      Counter counter,
      Stretch stretch,
      long head,
      long first,
      Instant now) {
    this.writing = writing;
    this.room = room;
    this.counter = counter;
    this.stretch = stretch;
    this.head = head;
    this.first = first;
    this.now = now;
    stretch.entries().forEach(entry -> entries.put(entry.position(), entry));
  }

  Page forward(int limit) {
    long from = stretch.from();
    long most = Math.min(stretch.to(), from + limit - 1);
    long end =
        stretch.holes().stream()
            .filter(hole -> hole.pending(now))
            .mapToLong(Stretch.Hole::from)
            .findFirst()
            .orElse(most + 1);
    long to = from - 1;
    while (to < most && to + 1 < end && isThere(to + 1)) {
      to++;
    }
    return page(from, to, to < head, to + 1 == end && end <= most);
  }

  Page backward(int limit) {
    long top = stretch.to();
    long to = top;
    long least = stretch.from();
    for (Stretch.Hole hole : stretch.holes().reversed()) {
      if (!hole.pending(now)) {
        continue;
      }
      if (hole.to() > top - limit) {
        to = hole.from() - 1;
      } else {
        least = hole.to() + 1;
        break;
      }
    }
    least = Math.max(least, to - limit + 1);
    long from = to + 1;
    while (from > least && isThere(from - 1)) {
      from--;
    }
    return page(from, to, from > first, to < top);
  }

  /** Whether something stands there, if need be a void from now on. */
  private boolean isThere(long position) {
    if (entries.containsKey(position)) {
      return true;
    }
    if (fills == FILLS_MAX) {
      return false;
    }
    fills++;
    Entry.Voided voided = new Entry.Voided(position, above(position));
    entries.put(position, writing.voidAt(room, voided, retention(position)));
    return true;
  }

  /**
   * What was handed out after the counter was read may be under another retention by now. A void
   * that is stored for ever is hidden with its neighbours; one deleted too soon would be a hole.
   */
  private Retention retention(long position) {
    return position <= counter.head() ? counter.expiry().of(position) : Retention.forever();
  }

  private Instant above(long position) {
    return stretch.holes().stream()
        .filter(hole -> hole.from() <= position && position <= hole.to())
        .findFirst()
        .orElseThrow()
        .above();
  }

  private Page page(long from, long to, boolean more, boolean pending) {
    Map<Long, Entry> within = from > to ? Map.of() : entries.subMap(from, true, to, true);
    return new Page(
        from, to, head, first, List.copyOf(within.values()), more, pending, counter.bans().at(now));
  }
}
