package io.roomlog.fanout;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import java.util.List;

/**
 * What a batch of the stream brought for a room.
 *
 * @param batch the room's share of it
 * @param gaps reads what is stored between the entries, for those who know positions
 */
record BatchNews(Batch.RoomBatch batch, Gaps gaps) implements News {

  @Override
  public RoomName room() {
    return batch.room();
  }

  @Override
  public List<Entry> entries() {
    return batch.entries();
  }

  @Override
  public List<Entry> roomlog() {
    return gaps.closed(batch.room(), batch.entries());
  }
}
