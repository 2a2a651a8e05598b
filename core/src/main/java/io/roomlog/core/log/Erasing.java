package io.roomlog.core.log;

import io.roomlog.core.RoomName;

/**
 * Takes the content of a message out of the storage. Apart from {@link LogStore}, because no
 * function ever does it: it is an operator's call, with rights of its own.
 */
public interface Erasing {

  /**
   * Makes an {@link Entry.Deleted} of a message: position, time, nonce and expiry stay, and nothing
   * else. If it is erased already, nothing happens.
   *
   * @param room whose
   * @param seen the message as it was read
   * @return whether this call erased it; false if what was read no longer stands there
   * @throws io.roomlog.core.StorageUnavailable if the storage does not answer; it is erased or not,
   *     and the call may be repeated
   */
  boolean erase(RoomName room, Entry.Message seen);
}
