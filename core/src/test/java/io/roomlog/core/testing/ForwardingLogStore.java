package io.roomlog.core.testing;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Claim;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Marker;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.Slice;
import java.time.Instant;
import java.util.Optional;

/** A log store in front of another, to be changed in one place. */
public abstract class ForwardingLogStore implements LogStore {

  private final LogStore store;

  /** In front of a store. */
  protected ForwardingLogStore(LogStore store) {
    this.store = store;
  }

  @Override
  public Claim claim(
      RoomName room, int count, Instant at, Retention retention, Optional<String> sender) {
    return store.claim(room, count, at, retention, sender);
  }

  @Override
  public Counter counter(RoomName room) {
    return store.counter(room);
  }

  @Override
  public void raise(RoomName room, long head, Instant at) {
    store.raise(room, head, at);
  }

  @Override
  public Put put(RoomName room, Entry entry, Retention retention) {
    return store.put(room, entry, retention);
  }

  @Override
  public Put put(RoomName room, Entry.Message message, Retention retention, Marker marker) {
    return store.put(room, message, retention, marker);
  }

  @Override
  public Optional<Marker> marker(Marker.Key key, Instant now) {
    return store.marker(key, now);
  }

  @Override
  public Slice after(RoomName room, long after, int limit) {
    return store.after(room, after, limit);
  }

  @Override
  public Slice before(RoomName room, long before, int limit) {
    return store.before(room, before, limit);
  }
}
