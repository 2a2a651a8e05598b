package io.roomlog.fanout;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * What the log holds of ranges that are to be pushed.
 *
 * @param room the room
 * @param entries what is stored, in the order of the positions
 * @param isForPlain which positions are for plain connections too
 */
record RangeNews(RoomName room, List<Entry> entries, LongPredicate isForPlain) implements News {

  @Override
  public List<Entry> plain() {
    return entries.stream().filter(entry -> isForPlain.test(entry.position())).toList();
  }
}
