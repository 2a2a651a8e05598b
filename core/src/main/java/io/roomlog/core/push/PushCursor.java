package io.roomlog.core.push;

import io.roomlog.core.RoomName;

/**
 * Remembers which positions of a room have been pushed. It may forget, and it never says of a
 * position that it was pushed which was not.
 *
 * <p>Every call may throw {@link io.roomlog.core.StorageUnavailable}.
 */
public interface PushCursor {

  /** What has been pushed: a consistent read. */
  Pushed read(RoomName room);

  /**
   * Adds what has been pushed, whatever somebody else has added meanwhile.
   *
   * @param seen what {@link #read} said last, to begin with
   * @param more to be added
   */
  void add(RoomName room, Pushed seen, Pushed more);
}
