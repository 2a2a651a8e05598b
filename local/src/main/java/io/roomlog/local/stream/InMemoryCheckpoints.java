package io.roomlog.local.stream;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps progress as long as the process lives, for tables that live no longer. */
public final class InMemoryCheckpoints implements CheckpointStore {
  private final Map<Key, Map<String, ShardProgress>> kept = new ConcurrentHashMap<>();

  private record Key(String mapping, String streamArn) {}

  @Override
  public Optional<Map<String, ShardProgress>> load(String mapping, String streamArn) {
    return Optional.ofNullable(kept.get(new Key(mapping, streamArn)));
  }

  @Override
  public void save(String mapping, String streamArn, Map<String, ShardProgress> progress) {
    kept.put(new Key(mapping, streamArn), Map.copyOf(progress));
  }
}
