package io.roomlog.core.testing;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.Claim;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Marker;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A log store in front of another, whose next calls fail as told. Records what was called, so that
 * a test can prove that the fault struck.
 */
public final class FaultyLogStore implements LogStore {

  /** The calls that can be made to fail. */
  public enum Call {
    CLAIM,
    PUT,
    TRANSACT,
    MARKER
  }

  /** How a call fails. */
  public enum Fault {
    /** The process dies before the call. */
    CRASH_BEFORE,
    /** The process dies after the call, before it learns of it. */
    CRASH_AFTER,
    /** The storage does not do it, and says so. */
    REFUSE,
    /** The storage does it, and the answer is lost. */
    LOSE_ANSWER,
    /** The storage's client does it twice, since the first answer was lost. */
    REPEAT,
    /** A replica answers that has not heard of what was written last. */
    STALE,
    /** Another transaction is at the same items. */
    CONFLICT
  }

  /** The writer's process died: nothing of it may run on. */
  public static final class Crashed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final LogStore store;
  private final Map<Call, List<Fault>> next = new EnumMap<>(Call.class);
  private final List<Call> calls = new ArrayList<>();
  private final List<Fault> struck = new ArrayList<>();

  /** Stands in front of a store. */
  public FaultyLogStore(LogStore store) {
    this.store = store;
  }

  /** Makes the next call of a kind, that no other fault waits for, fail. */
  public FaultyLogStore next(Call call, Fault fault) {
    next.computeIfAbsent(call, _ -> new ArrayList<>()).add(fault);
    return this;
  }

  /** The writing calls and marker reads so far. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The faults that struck so far. */
  public List<Fault> struck() {
    return List.copyOf(struck);
  }

  private <T> T through(Call call, Supplier<T> real) {
    calls.add(call);
    List<Fault> waiting = next.getOrDefault(call, List.of());
    if (waiting.isEmpty()) {
      return real.get();
    }
    Fault fault = waiting.removeFirst();
    struck.add(fault);
    switch (fault) {
      case CRASH_BEFORE -> throw new Crashed();
      case REFUSE -> throw unavailable(call);
      case CRASH_AFTER -> {
        var _ = real.get();
        throw new Crashed();
      }
      case LOSE_ANSWER -> {
        var _ = real.get();
        throw unavailable(call);
      }
      case REPEAT -> {
        var _ = real.get();
      }
      case CONFLICT, STALE -> throw new IllegalStateException(call + " cannot be " + fault);
    }
    return real.get();
  }

  private static StorageUnavailable unavailable(Call call) {
    return new StorageUnavailable(call.name(), "injected", new IllegalStateException("injected"));
  }

  @Override
  public Claim claim(
      RoomName room, int count, Instant at, Retention retention, Optional<String> sender) {
    return through(Call.CLAIM, () -> store.claim(room, count, at, retention, sender));
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
    return strikes(Call.PUT, Fault.CONFLICT)
        ? new Put.Conflict()
        : through(Call.PUT, () -> store.put(room, entry, retention));
  }

  @Override
  public Put put(RoomName room, Entry.Message message, Retention retention, Marker marker) {
    return strikes(Call.TRANSACT, Fault.CONFLICT)
        ? new Put.Conflict()
        : through(Call.TRANSACT, () -> store.put(room, message, retention, marker));
  }

  @Override
  public Optional<Marker> marker(Marker.Key key, Instant now) {
    return strikes(Call.MARKER, Fault.STALE)
        ? Optional.empty()
        : through(Call.MARKER, () -> store.marker(key, now));
  }

  private boolean strikes(Call call, Fault fault) {
    List<Fault> waiting = next.getOrDefault(call, List.of());
    if (waiting.isEmpty() || waiting.getFirst() != fault) {
      return false;
    }
    calls.add(call);
    struck.add(waiting.removeFirst());
    return true;
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
