package io.roomlog.fanout;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import java.util.List;

/** What a room's members are to get. */
interface News {

  /** The room. */
  RoomName room();

  /** What this is about, in the order of the positions, at least one entry. */
  List<Entry> entries();

  /** What of it plain connections get. */
  default List<Entry> plain() {
    return entries();
  }

  /** What connections that know positions get; asked for only if there are any. */
  default List<Entry> roomlog() {
    return entries();
  }
}
