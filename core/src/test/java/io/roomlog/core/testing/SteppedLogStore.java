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
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A log store in front of another that lets others go on before each call, and makes some calls of
 * a writer fail. What struck is counted, so that a run can show that it had faults at all.
 */
public final class SteppedLogStore implements LogStore {

  /** How a writer's call fails. */
  public enum Trouble {
    /** The process dies before the call. */
    DIES_BEFORE,
    /** The process dies after the call. */
    DIES_AFTER,
    /** The storage does it, and the answer is lost. */
    ANSWER_LOST,
    /** The storage does not do it. */
    REFUSED,
    /** The storage's client does it twice, since the first answer was lost. */
    REPEATED,
    /** Another transaction is at the same items. */
    CONFLICT
  }

  private final LogStore store;
  private final Turns turns;
  private final RandomGenerator random;
  private final int oneIn;
  private final Map<Trouble, Integer> struck = new EnumMap<>(Trouble.class);

  /**
   * In front of a store.
   *
   * @param oneIn one of so many calls is in trouble; 0 for none
   */
  public SteppedLogStore(LogStore store, Turns turns, RandomGenerator random, int oneIn) {
    this.store = store;
    this.turns = turns;
    this.random = random;
    this.oneIn = oneIn;
  }

  /** How often each trouble struck. */
  public Map<Trouble, Integer> struck() {
    return Map.copyOf(struck);
  }

  private <T> T stepped(String what, Supplier<T> call) {
    turns.take();
    if (oneIn == 0 || random.nextInt(oneIn) > 0) {
      return call.get();
    }
    Trouble trouble = Trouble.values()[random.nextInt(Trouble.values().length)];
    if (trouble == Trouble.CONFLICT && !what.equals("transact")) {
      trouble = Trouble.REPEATED;
    }
    struck.merge(trouble, 1, Integer::sum);
    return switch (trouble) {
      case DIES_BEFORE -> throw new FaultyLogStore.Crashed();
      case REFUSED -> throw unavailable(what);
      case DIES_AFTER -> {
        var _ = call.get();
        throw new FaultyLogStore.Crashed();
      }
      case ANSWER_LOST -> {
        var _ = call.get();
        throw unavailable(what);
      }
      case REPEATED -> {
        var _ = call.get();
        turns.take();
        yield call.get();
      }
      case CONFLICT -> throw new Conflicted();
    };
  }

  private static final class Conflicted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static StorageUnavailable unavailable(String what) {
    return new StorageUnavailable(what, "injected", new IllegalStateException("injected"));
  }

  @Override
  public Claim claim(
      RoomName room, int count, Instant at, Retention retention, Optional<String> sender) {
    return stepped("claim", () -> store.claim(room, count, at, retention, sender));
  }

  @Override
  public Counter counter(RoomName room) {
    turns.take();
    return store.counter(room);
  }

  @Override
  public void raise(RoomName room, long head, Instant at) {
    turns.take();
    store.raise(room, head, at);
  }

  @Override
  public Put put(RoomName room, Entry entry, Retention retention) {
    return stepped("put", () -> store.put(room, entry, retention));
  }

  @Override
  public Put put(RoomName room, Entry.Message message, Retention retention, Marker marker) {
    try {
      return stepped("transact", () -> store.put(room, message, retention, marker));
    } catch (Conflicted others) {
      return new Put.Conflict();
    }
  }

  @Override
  public Optional<Marker> marker(Marker.Key key, Instant now) {
    turns.take();
    return store.marker(key, now);
  }

  @Override
  public Slice after(RoomName room, long after, int limit) {
    turns.take();
    return store.after(room, after, limit);
  }

  @Override
  public Slice before(RoomName room, long before, int limit) {
    turns.take();
    return store.before(room, before, limit);
  }
}
