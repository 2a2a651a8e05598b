package io.roomlog.local.stream;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a mapping is at a moment.
 *
 * @param mapping its logical id
 * @param function the logical id of the function it invokes
 * @param streamArn the stream it reads
 * @param shards the shards being read
 * @param counts what it did since it was started
 */
public record MappingStatus(
    String mapping, String function, String streamArn, List<Shard> shards, Counts counts) {

  /** Copies what is given. */
  public MappingStatus {
    shards = List.copyOf(shards);
  }

  /**
   * A shard being read.
   *
   * @param id its id
   * @param checkpoint the sequence number up to which all is handled, or null for none yet
   * @param outstanding records read and not handled
   * @param iteratorAge how old the oldest of them is, zero if there is none
   */
  public record Shard(
      String id, @Nullable String checkpoint, int outstanding, Duration iteratorAge) {}

  /**
   * Counts since the start.
   *
   * @param invocations of the function
   * @param failures those of them that did not handle all their records
   * @param filtered records that did not pass the filter
   * @param handled records that the function handled
   * @param givenUp records given up
   */
  public record Counts(
      long invocations, long failures, long filtered, long handled, long givenUp) {}
}
