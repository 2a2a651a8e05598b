package io.roomlog.local.stream;

import java.util.Map;
import java.util.Optional;

/**
 * Keeps how far each mapping is. What it loses is only pushed again: a record that was handled
 * after the last save comes once more.
 */
public interface CheckpointStore {
  /**
   * The progress of a mapping, by shard id.
   *
   * @param mapping the mapping's logical id
   * @param streamArn the stream it reads now; the progress on any other stream is void
   * @return empty if the mapping has never read this stream
   * @throws java.io.UncheckedIOException if what was kept cannot be read
   */
  Optional<Map<String, ShardProgress>> load(String mapping, String streamArn);

  /**
   * Replaces the progress of a mapping, at once or not at all.
   *
   * @throws java.io.UncheckedIOException if it cannot be kept; the progress before is kept then
   */
  void save(String mapping, String streamArn, Map<String, ShardProgress> progress);
}
