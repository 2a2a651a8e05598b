package io.roomlog.core.memory;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.BanStore;
import io.roomlog.core.log.Bans;
import io.roomlog.core.log.Claim;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.Erasing;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Marker;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.SenderBanned;
import io.roomlog.core.log.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;

/** Keeps the logs in memory. Safe for use by many threads; each call is atomic. */
public class MemoryLogStore implements LogStore, Erasing, BanStore {

  private record Stored(Entry entry, Optional<Instant> expiresAt) {}

  private final Map<RoomName, Counter> counters = new HashMap<>();
  private final Map<RoomName, NavigableMap<Long, Stored>> logs = new HashMap<>();
  private final Map<Marker.Key, Marker> markers = new HashMap<>();
  private Bans everywhere = Bans.NONE;

  @Override
  public synchronized Claim claim(
      RoomName room, int count, Instant at, Retention retention, Optional<String> sender) {
    sender
        .flatMap(counter(room).bans().at(at)::of)
        .ifPresent(
            until -> {
              throw new SenderBanned(room, until);
            });
    Counter claimed = counter(room).claimed(count, at, retention);
    counters.put(room, claimed);
    return new Claim(claimed.head(), claimed.expiry().retention());
  }

  @Override
  public synchronized Counter counter(RoomName room) {
    return counters.getOrDefault(room, Counter.NEW);
  }

  @Override
  public synchronized Bans bans(Optional<RoomName> room) {
    return room.map(name -> counter(name).bans()).orElse(everywhere);
  }

  @Override
  public synchronized Optional<Bans> change(
      Optional<RoomName> room, Instant now, Function<Bans, Optional<Bans>> change) {
    Optional<Bans> changed = change.apply(bans(room).at(now));
    changed.ifPresent(
        bans ->
            room.ifPresentOrElse(
                name -> {
                  Counter counter = counter(name);
                  counters.put(
                      name, new Counter(counter.head(), counter.at(), counter.expiry(), bans));
                },
                () -> everywhere = bans));
    return changed;
  }

  @Override
  public synchronized void raise(RoomName room, long head, Instant at) {
    Counter counter = counter(room);
    if (counter.head() < head) {
      counters.put(room, new Counter(head, at, counter.expiry(), counter.bans()));
    }
  }

  @Override
  public synchronized Put put(RoomName room, Entry entry, Retention retention) {
    Stored stored = new Stored(entry, retention.expiresAt(entry.at()));
    Stored there = log(room).putIfAbsent(entry.position(), stored);
    return there == null ? new Put.Written() : new Put.Occupied(there.entry());
  }

  @Override
  public synchronized Put put(
      RoomName room, Entry.Message message, Retention retention, Marker marker) {
    Stored there = log(room).get(message.position());
    if (there != null && there.entry().wroteBy(message.nonce())) {
      return new Put.Occupied(there.entry());
    }
    Marker known = markers.get(marker.key());
    if (known != null && known.countsAt(message.at())) {
      return new Put.Known(known);
    }
    Put put = put(room, message, retention);
    if (put instanceof Put.Written) {
      markers.put(marker.key(), marker);
    }
    return put;
  }

  @Override
  public synchronized boolean erase(RoomName room, Entry.Message seen) {
    Stored there = log(room).get(seen.position());
    if (there == null
        || !(there.entry() instanceof Entry.Message)
        || !there.entry().wroteBy(seen.nonce())) {
      return false;
    }
    Entry deleted = new Entry.Deleted(seen.position(), there.entry().at(), seen.nonce());
    log(room).put(seen.position(), new Stored(deleted, there.expiresAt()));
    return true;
  }

  @Override
  public synchronized Optional<Marker> marker(Marker.Key key, Instant now) {
    return Optional.ofNullable(markers.get(key)).filter(marker -> marker.countsAt(now));
  }

  @Override
  public synchronized Slice after(RoomName room, long after, int limit) {
    return slice(log(room).tailMap(after, false), limit);
  }

  @Override
  public synchronized Slice before(RoomName room, long before, int limit) {
    Slice falling = slice(log(room).headMap(before, false).descendingMap(), limit);
    return new Slice(falling.entries().reversed(), falling.exhausted());
  }

  /** Takes up to {@code limit} and looks whether there is one more. */
  private static Slice slice(NavigableMap<Long, Stored> stored, int limit) {
    List<Entry> entries = new ArrayList<>();
    for (Stored next : stored.values()) {
      if (entries.size() == limit) {
        return new Slice(entries, false);
      }
      entries.add(next.entry());
    }
    return new Slice(entries, true);
  }

  /** When the storage may delete what stands at a position; empty if never, or if nothing does. */
  public synchronized Optional<Instant> expiresAt(RoomName room, long position) {
    return Optional.ofNullable(log(room).get(position)).flatMap(Stored::expiresAt);
  }

  /**
   * Deletes what has expired, as DynamoDB does: some of it, at some time, in no order.
   *
   * @param which whether it goes now
   */
  public synchronized void deleteExpired(RoomName room, Instant now, LongPredicate which) {
    log(room)
        .values()
        .removeIf(
            stored ->
                stored.expiresAt().filter(expiresAt -> !now.isBefore(expiresAt)).isPresent()
                    && which.test(stored.entry().position()));
  }

  private NavigableMap<Long, Stored> log(RoomName room) {
    return logs.computeIfAbsent(room, _ -> new TreeMap<>());
  }
}
