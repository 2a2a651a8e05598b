package io.roomlog.fanout;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.fanout.crowd.Merged;
import java.util.List;

/**
 * What the log holds of ranges that are to be pushed.
 *
 * @param room the room
 * @param entries what is stored, in the order of the positions
 * @param wanted what of it is for whom
 */
record RangeNews(RoomName room, List<Entry> entries, Merged wanted) implements News {

  @Override
  public List<Entry> plain() {
    return entries.stream().filter(entry -> wanted.isForPlain(entry.position())).toList();
  }
}
