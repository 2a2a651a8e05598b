package io.roomlog.core.log;

import io.roomlog.core.RoomName;
import java.time.Instant;
import java.util.Optional;

/**
 * The storage calls that {@link RoomLog} is made of. Each is atomic by itself and one call to the
 * storage, but for a claim that has something new to note, which is three at most; nothing holds
 * between two of them but what {@link RoomLog} makes of it.
 *
 * <p>Every call may throw {@link io.roomlog.core.StorageUnavailable}; a write that threw may have
 * happened or not, or may happen still. Reads are consistent unless they say otherwise.
 */
public interface LogStore {

  /**
   * Hands out positions that nobody else gets.
   *
   * @param room whose
   * @param count how many, at least 1
   * @param at stored as the counter's {@code at}
   * @param retention what the claimer is configured with; noted in the counter if it is new there
   * @return the positions, and the retention that counts for them: another one, if claimers of two
   *     settings met
   */
  default Claim claim(RoomName room, int count, Instant at, Retention retention) {
    return claim(room, count, at, retention, Optional.empty());
  }

  /**
   * Hands out positions, unless their author is banned from the room at that time: both are decided
   * in one step.
   *
   * @param sender the author, or empty for somebody who is not asked
   * @throws SenderBanned if the author is banned; no position was handed out
   */
  Claim claim(RoomName room, int count, Instant at, Retention retention, Optional<String> sender);

  /** Reads the counter; {@link Counter#NEW} for a room that nobody has written to. */
  Counter counter(RoomName room);

  /** Raises a counter that is behind; one that is not stays as it is. */
  void raise(RoomName room, long head, Instant at);

  /**
   * Writes an entry if its position is empty.
   *
   * @param room whose
   * @param entry what and where
   * @param retention how long it is kept; the storage deletes it some time after it has expired
   */
  Put put(RoomName room, Entry entry, Retention retention);

  /**
   * Writes an entry and its marker, both or neither: the entry if its position is empty, the marker
   * if none of its key counts at {@code message.at()}.
   */
  Put put(RoomName room, Entry.Message message, Retention retention, Marker marker);

  /** The marker of a key if it counts. Not a consistent read: a fresh one may be missed. */
  Optional<Marker> marker(Marker.Key key, Instant now);

  /**
   * The lowest entries after a position, expired ones among them as long as they are stored.
   *
   * @param room whose
   * @param after the position before the first
   * @param limit how many at most, 1–1,000
   */
  Slice after(RoomName room, long after, int limit);

  /**
   * The highest entries before a position, as {@link #after}.
   *
   * @param room whose
   * @param before the position after the last; {@link Long#MAX_VALUE} for the end of the log
   * @param limit how many at most, 1–1,000
   */
  Slice before(RoomName room, long before, int limit);

  /** What came of writing an entry. */
  sealed interface Put {

    /** It is stored. */
    record Written() implements Put {}

    /** Its position was taken already. */
    record Occupied(Entry by) implements Put {}

    /** A message of that id is stored already. Nothing was written. */
    record Known(Marker marker) implements Put {}

    /** Another transaction was at one of the items at that moment. Nothing was written. */
    record Conflict() implements Put {}
  }
}
