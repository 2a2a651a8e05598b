package io.roomlog.local.stream;

import io.roomlog.local.stream.StreamSource.Position;

/** How far a mapping is with a shard. */
public sealed interface ShardProgress {
  /** Reading begins, or goes on, here. */
  record ReadFrom(Position position) implements ShardProgress {}

  /** The shard has ended and all of it is handled. */
  record Finished() implements ShardProgress {}
}
