package io.roomlog.local.stream;

import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far one mapping is with all shards of its stream, kept in the store at each change. */
final class MappingProgress {
  private static final Logger log = LoggerFactory.getLogger(MappingProgress.class);

  private final CheckpointStore store;
  private final String mapping;
  private final String streamArn;
  private final Map<String, ShardProgress> shards;
  private final boolean resumed;

  MappingProgress(CheckpointStore store, String mapping, String streamArn) {
    this.store = store;
    this.mapping = mapping;
    this.streamArn = streamArn;
    var kept = store.load(mapping, streamArn);
    this.resumed = kept.isPresent();
    this.shards = new HashMap<>(kept.orElse(Map.of()));
  }

  /** Whether the mapping has read this stream before. */
  boolean resumed() {
    return resumed;
  }

  /** Notes where the mapping begins with a stream that it has never read. */
  synchronized void begin(Map<String, ShardProgress> start) {
    shards.putAll(start);
    save();
  }

  synchronized Map<String, ShardProgress> shards() {
    return Map.copyOf(shards);
  }

  synchronized void put(Map<String, ShardProgress> changed) {
    if (!shards.entrySet().containsAll(changed.entrySet())) {
      shards.putAll(changed);
      save();
    }
  }

  /** Forgets the shards that the stream has forgotten. */
  synchronized void retain(Collection<String> listed) {
    if (shards.keySet().retainAll(listed)) {
      save();
    }
  }

  /** A save that fails costs repeats after the next start and nothing now, so the shard goes on. */
  private void save() {
    try {
      store.save(mapping, streamArn, shards);
    } catch (UncheckedIOException e) {
      log.atWarn().addKeyValue("mapping", mapping).setCause(e).log("checkpoint_not_kept");
    }
  }
}
