package io.roomlog.local.stream;

import io.roomlog.local.stream.StreamSource.Position;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A shard's checkpoint, shared by its reader and its lanes and kept as it moves. */
final class ShardCheckpoint {
  private final Checkpoint checkpoint = new Checkpoint();
  private final MappingProgress progress;
  private final String shardId;
  private boolean anchored;

  /**
   * Keeps the checkpoint of a shard that is read from a position.
   *
   * @param start where reading starts
   */
  ShardCheckpoint(MappingProgress progress, String shardId, Position start) {
    this.progress = progress;
    this.shardId = shardId;
    this.anchored = !(start instanceof Position.Latest);
  }

  /** Notes what a read brought: records that go on, and those that were filtered out. */
  synchronized void read(List<SequenceNumber> passed, List<SequenceNumber> dropped) {
    if (!anchored) {
      anchor(passed, dropped);
    }
    checkpoint.read(passed);
    checkpoint.read(dropped);
    if (!dropped.isEmpty()) {
      handled(dropped);
    }
  }

  /** Once there is a record, "the newest" would mean another place after a restart. */
  private void anchor(List<SequenceNumber> passed, List<SequenceNumber> dropped) {
    var lowest = Stream.concat(passed.stream(), dropped.stream()).min(SequenceNumber::compareTo);
    lowest.ifPresent(
        first -> {
          anchored = true;
          put(new ShardProgress.ReadFrom(new Position.At(first)));
        });
  }

  synchronized void handled(Collection<SequenceNumber> records) {
    checkpoint.handled(records);
    checkpoint
        .position()
        .ifPresent(last -> put(new ShardProgress.ReadFrom(new Position.After(last))));
  }

  /** Notes that the shard was read to its end; it is finished if everything is handled. */
  synchronized void ended() {
    if (checkpoint.outstanding() == 0) {
      put(new ShardProgress.Finished());
    }
  }

  private void put(ShardProgress state) {
    progress.put(Map.of(shardId, state));
  }
}
