package io.roomlog.tests.simulation;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Marker;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.VirtualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The tables themselves, which never fail, and what the simulation has to know about them. */
final class Storage {

  /** How long a replica may lag behind. */
  private static final Duration LAG_MAX = Duration.ofSeconds(1);

  private final MemoryLogStore log;
  private final Membership membership = new MemoryMembership();
  private final VirtualTime time;
  private final Witness witness;
  private final BiConsumer<RoomName, Entry> stream;
  private final Map<Marker.Key, Long> marked = new HashMap<>();

  /**
   * Empty tables.
   *
   * @param log where the entries are
   * @param stream gets what is inserted
   */
  Storage(
      MemoryLogStore log, VirtualTime time, Witness witness, BiConsumer<RoomName, Entry> stream) {
    this.log = log;
    this.time = time;
    this.witness = witness;
    this.stream = stream;
  }

  LogStore log() {
    return log;
  }

  Membership membership() {
    return membership;
  }

  /** Deletes some of what has expired. */
  void deleteExpired(String room, Mischief mischief) {
    log.deleteExpired(
        new RoomName(room), time.instant(), _ -> mischief.strikes(Fault.ENTRY_DELETED));
  }

  /** Takes down who took positions. */
  void claimed(RoomName room, long last, int count, String by) {
    witness.claimed(room, last, count, by);
  }

  /** Hands on what was written, if it was. */
  LogStore.Put put(RoomName room, Entry entry, LogStore.Put put, String by) {
    if (put instanceof LogStore.Put.Written) {
      witness.written(room, entry, by);
      stream.accept(room, entry);
    }
    return put;
  }

  /** Takes down when a marker was written, if it was. */
  void marked(Marker marker, LogStore.Put put) {
    if (put instanceof LogStore.Put.Written) {
      marked.put(marker.key(), time.nanos());
    }
  }

  /** Whether a replica may not have heard of a marker yet. */
  boolean mayBeMissed(Marker marker) {
    long at = marked.getOrDefault(marker.key(), 0L);
    return time.nanos() - at < LAG_MAX.toNanos();
  }
}
