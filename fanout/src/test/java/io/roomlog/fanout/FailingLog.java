package io.roomlog.fanout;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.Slice;
import io.roomlog.core.memory.MemoryLogStore;
import java.util.ArrayList;
import java.util.List;

/** A log that fails as often as a test says, and notes what is asked of it. */
final class FailingLog extends MemoryLogStore {
  final List<String> reads = new ArrayList<>();
  int failures;
  int sliceMax = Integer.MAX_VALUE;
  Runnable onRead = () -> {};

  @Override
  public synchronized Slice after(RoomName room, long after, int limit) {
    if (failures > 0) {
      failures--;
      throw new StorageUnavailable("Query messages", "injected", new RuntimeException());
    }
    onRead.run();
    reads.add(after + "+" + limit);
    return super.after(room, after, Math.min(limit, sliceMax));
  }
}
