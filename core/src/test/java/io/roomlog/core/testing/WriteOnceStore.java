package io.roomlog.core.testing;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Marker;
import io.roomlog.core.log.Retention;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A log store in front of another that remembers what was ever written at each position of one
 * room, and throws as soon as a position is written again, deleted or not.
 */
public final class WriteOnceStore extends ForwardingLogStore {

  private final NavigableMap<Long, Entry> written = new TreeMap<>();

  /** In front of a store. */
  public WriteOnceStore(LogStore store) {
    super(store);
  }

  /** All that was ever written. */
  public Map<Long, Entry> written() {
    return written;
  }

  private Put noted(Put put, Entry entry) {
    Entry before = put instanceof Put.Written ? written.putIfAbsent(entry.position(), entry) : null;
    if (before != null) {
      throw new AssertionError("written twice: " + before + ", then " + entry);
    }
    return put;
  }

  @Override
  public Put put(RoomName room, Entry entry, Retention retention) {
    return noted(super.put(room, entry, retention), entry);
  }

  @Override
  public Put put(RoomName room, Entry.Message message, Retention retention, Marker marker) {
    return noted(super.put(room, message, retention, marker), message);
  }
}
