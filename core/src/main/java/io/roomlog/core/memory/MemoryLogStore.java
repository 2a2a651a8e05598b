package io.roomlog.core.memory;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Marker;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps the logs in memory. Safe for use by many threads; each call is atomic. */
public class MemoryLogStore implements LogStore {

  private final Map<RoomName, Counter> counters = new HashMap<>();
  private final Map<RoomName, NavigableMap<Long, Entry>> logs = new HashMap<>();
  private final Map<Marker.Key, Marker> markers = new HashMap<>();

  @Override
  public synchronized long claim(RoomName room, int count, Instant at) {
    long head = counter(room).head() + count;
    counters.put(room, new Counter(head, at));
    return head;
  }

  @Override
  public synchronized Counter counter(RoomName room) {
    return counters.getOrDefault(room, Counter.NEW);
  }

  @Override
  public synchronized void raise(RoomName room, long head, Instant at) {
    if (counter(room).head() < head) {
      counters.put(room, new Counter(head, at));
    }
  }

  @Override
  public synchronized Put put(RoomName room, Entry entry) {
    Entry there = log(room).putIfAbsent(entry.position(), entry);
    return there == null ? new Put.Written() : new Put.Occupied(there);
  }

  @Override
  public synchronized Put put(RoomName room, Entry.Message message, Marker marker) {
    Entry there = log(room).get(message.position());
    if (there != null && there.wroteBy(message.nonce())) {
      return new Put.Occupied(there);
    }
    Marker known = markers.get(marker.key());
    if (known != null && known.countsAt(message.at())) {
      return new Put.Known(known);
    }
    Put put = put(room, message);
    if (put instanceof Put.Written) {
      markers.put(marker.key(), marker);
    }
    return put;
  }

  @Override
  public synchronized Optional<Marker> marker(Marker.Key key, Instant now) {
    return Optional.ofNullable(markers.get(key)).filter(marker -> marker.countsAt(now));
  }

  @Override
  public synchronized List<Entry> entries(RoomName room, long after, int limit) {
    return log(room).tailMap(after, false).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized Optional<Entry> last(RoomName room) {
    return Optional.ofNullable(log(room).lastEntry()).map(Map.Entry::getValue);
  }

  private NavigableMap<Long, Entry> log(RoomName room) {
    return logs.computeIfAbsent(room, _ -> new TreeMap<>());
  }
}
