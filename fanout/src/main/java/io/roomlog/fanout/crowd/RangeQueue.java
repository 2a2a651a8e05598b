package io.roomlog.fanout.crowd;

import java.util.List;

/**
 * Where ranges wait to be pushed. Those of one room are pushed in the order in which they were put,
 * one push of a room at a time, and each at least once.
 */
public interface RangeQueue {

  /**
   * Puts ranges of one room.
   *
   * @param ranges in the order in which they are to be pushed
   * @param identity what they stand for. Ranges that were put with the same identity within the
   *     last five minutes are not put again
   * @throws io.roomlog.core.StorageUnavailable if the queue did not take them all; it may have
   *     taken some, and they may be put again with the same identity
   */
  void put(List<Range> ranges, String identity);
}
