package io.roomlog.core.log;

import io.roomlog.core.RoomName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lowest position of a room that can still be read.
 *
 * <p>That is 1 and costs nothing where the room never had a retention. Otherwise it is searched for
 * by position, since millions of expired entries may still be stored: each probe reads one entry
 * and halves what is left. Entries expire at whole hours, so it is searched for once an hour.
 */
final class FirstPosition {

  /** Rooms remembered at most; one that is forgotten is searched again. */
  static final int ROOMS_MAX = 10_000;

  /** Entries looked through above the one that was found: clocks put few out of order. */
  static final int SETTLE_ENTRIES = 100;

  private record Known(long first, Instant hour, Expiry expiry) {

    boolean holds(Instant now, Expiry current) {
      return hour.equals(Hours.of(now)) && expiry.equals(current);
    }
  }

  private final LogStore store;
  private final Map<RoomName, Known> known = new Recent<>(ROOMS_MAX);

  FirstPosition(LogStore store) {
    this.store = store;
  }

  /** The lowest position that can be read, {@code counter.head() + 1} if there is none. */
  long find(RoomName room, Counter counter, Instant now) {
    if (counter.expiry().never()) {
      return 1;
    }
    Known last = remembered(room);
    if (last != null && last.holds(now, counter.expiry())) {
      return last.first();
    }
    long least = last == null ? 1 : last.first();
    return raise(
        room, counter, now, settled(room, counter, now, search(room, least, counter, now)));
  }

  /** Notes that a reader met something expired at or above what was found; answers the highest. */
  long raise(RoomName room, Counter counter, Instant now, long first) {
    if (counter.expiry().never()) {
      return first;
    }
    synchronized (known) {
      Known last = known.get(room);
      long highest = last == null ? first : Math.max(first, last.first());
      known.put(room, new Known(highest, Hours.of(now), counter.expiry()));
      return highest;
    }
  }

  private @Nullable Known remembered(RoomName room) {
    synchronized (known) {
      return known.get(room);
    }
  }

  /** The lowest position at or above which nothing that is stored has expired. */
  private long search(RoomName room, long least, Counter counter, Instant now) {
    long low = least;
    long high = counter.head() + 1;
    // The first probe is at the bottom: where deletion keeps up, it is the only one.
    long probe = low;
    while (low < high) {
      List<Entry> above = store.after(room, probe - 1, 1).entries();
      if (above.isEmpty() || !counter.expiry().expired(above.getFirst(), now)) {
        high = probe;
      } else {
        low = above.getFirst().position() + 1;
      }
      probe = low + (high - low) / 2;
    }
    return low;
  }

  private long settled(RoomName room, Counter counter, Instant now, long low) {
    Slice slice = store.after(room, low - 1, SETTLE_ENTRIES);
    Stretch stretch = new Stretch(counter, now, low, null);
    slice.entries().forEach(stretch::add);
    if (slice.exhausted()) {
      stretch.endAt(counter.head(), counter.at());
    }
    return stretch.from();
  }

  /** Keeps what was used last. */
  private static final class Recent<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int most;

    Recent(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }
}
