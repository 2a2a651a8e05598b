package io.roomlog.local.stream;

import io.roomlog.local.stream.StreamSource.Position;
import io.roomlog.local.stream.StreamSource.Shard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which order shards are read: a child only when its parent is read to the end, so that an
 * item's changes keep their order across a split
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html).
 */
final class Lineage {
  private Lineage() {}

  /**
   * Where a mapping that has never read the stream begins. {@code LATEST} begins at the end of the
   * open shards and never reads those that have ended; shards that are not there yet will be read
   * from their start, since all of them is newer than the mapping.
   */
  static Map<String, ShardProgress> begin(List<Shard> shards, String startingPosition) {
    return switch (startingPosition) {
      case "TRIM_HORIZON" -> Map.of();
      case "LATEST" ->
          shards.stream()
              .collect(
                  Collectors.toMap(
                      Shard::id,
                      shard ->
                          shard.open()
                              ? new ShardProgress.ReadFrom(new Position.Latest())
                              : new ShardProgress.Finished()));
      default ->
          throw new IllegalArgumentException(
              "StartingPosition \"%s\" is neither TRIM_HORIZON nor LATEST"
                  .formatted(startingPosition));
    };
  }

  /**
   * The shards that can be read now and are not, with where to begin.
   *
   * @param listed the stream's shards
   * @param running the shards being read
   */
  static Map<String, Position> due(
      List<Shard> listed, Map<String, ShardProgress> progress, Set<String> running) {
    var ids = listed.stream().map(Shard::id).collect(Collectors.toSet());
    var due = new HashMap<String, Position>();
    for (var shard : listed) {
      if (!running.contains(shard.id()) && isFree(shard, ids, progress, running)) {
        switch (progress.get(shard.id())) {
          case null -> due.put(shard.id(), new Position.TrimHorizon());
          case ShardProgress.ReadFrom(var position) -> due.put(shard.id(), position);
          case ShardProgress.Finished() -> {}
        }
      }
    }
    return due;
  }

  /**
   * A parent that the stream has forgotten ended more than a day ago. Nobody can read it any more,
   * but what was read of it may still be on its way.
   */
  private static boolean isFree(
      Shard shard, Set<String> listed, Map<String, ShardProgress> progress, Set<String> running) {
    var parent = shard.parentId();
    if (parent == null) {
      return true;
    }
    return listed.contains(parent)
        ? progress.get(parent) instanceof ShardProgress.Finished
        : !running.contains(parent);
  }
}
