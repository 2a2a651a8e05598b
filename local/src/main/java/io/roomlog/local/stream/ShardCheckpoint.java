package io.roomlog.local.stream;

import io.roomlog.local.stream.StreamSource.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A shard's checkpoint, shared by its reader and its lanes and kept as it moves. */
final class ShardCheckpoint {
  private final Checkpoint checkpoint = new Checkpoint();

  /** When the records that are not handled were made. */
  private final TreeMap<SequenceNumber, Instant> births = new TreeMap<>();

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
  synchronized void read(List<Arrival> passed, List<SequenceNumber> dropped) {
    var numbers = passed.stream().map(Arrival::sequenceNumber).toList();
    if (!anchored) {
      anchor(Stream.concat(numbers.stream(), dropped.stream()));
    }
    checkpoint.read(numbers);
    checkpoint.read(dropped);
    passed.forEach(arrival -> births.put(arrival.sequenceNumber(), arrival.born()));
    if (!dropped.isEmpty()) {
      handled(dropped);
    }
  }

  /** Once there is a record, "the newest" would mean another place after a restart. */
  private void anchor(Stream<SequenceNumber> records) {
    records
        .min(SequenceNumber::compareTo)
        .ifPresent(
            first -> {
              anchored = true;
              put(new ShardProgress.ReadFrom(new Position.At(first)));
            });
  }

  /** Notes records as handled, given up, or filtered out. */
  synchronized void handled(Collection<SequenceNumber> records) {
    checkpoint.handled(records);
    records.forEach(births::remove);
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

  synchronized MappingStatus.Shard status(Instant now) {
    return new MappingStatus.Shard(
        shardId,
        checkpoint.position().map(SequenceNumber::digits).orElse(null),
        checkpoint.outstanding(),
        births.isEmpty() ? Duration.ZERO : Duration.between(births.firstEntry().getValue(), now));
  }

  private void put(ShardProgress state) {
    progress.put(Map.of(shardId, state));
  }
}
