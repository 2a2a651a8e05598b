package io.roomlog.local.stream;

import io.roomlog.local.stream.StreamSource.Opened;
import io.roomlog.local.stream.StreamSource.Position;
import io.roomlog.local.stream.StreamSource.Read;
import io.roomlog.local.stream.StreamSource.ShardGone;
import io.roomlog.local.stream.StreamSource.Trimmed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reads a shard from a position to its end, over iterators that expire and records that are
 * trimmed. Not safe for use by several threads.
 */
final class ShardCursor {
  private static final Logger log = LoggerFactory.getLogger(ShardCursor.class);

  private final StreamSource source;
  private final String streamArn;
  private final String shardId;
  private Position position;
  private @Nullable String iterator;
  private boolean ended;

  ShardCursor(StreamSource source, String streamArn, String shardId, Position start) {
    this.source = source;
    this.streamArn = streamArn;
    this.shardId = shardId;
    this.position = start;
  }

  /** Whether the shard is read to its end. */
  boolean ended() {
    return ended;
  }

  /**
   * The next records; none if there are none now, or after a setback that the next call mends.
   *
   * @throws StreamUnavailableException as {@link StreamSource} does; the same call may be repeated
   */
  List<StreamRecord> read(int limit) throws InterruptedException {
    if (iterator == null && !open()) {
      return List.of();
    }
    return switch (source.read(streamArn, token(), limit)) {
      case Read.Page(var records, var next) -> {
        advance(records, next);
        yield records;
      }
      case Read.IteratorExpired() -> {
        iterator = null;
        yield List.of();
      }
      case Trimmed() -> {
        skipTrimmed();
        yield List.of();
      }
      case ShardGone() -> {
        end();
        yield List.of();
      }
    };
  }

  private String token() {
    if (iterator == null) {
      throw new IllegalStateException("shard " + shardId + " is not open");
    }
    return iterator;
  }

  private boolean open() throws InterruptedException {
    switch (source.open(streamArn, shardId, position)) {
      case Opened.Iterator(var token) -> iterator = token;
      case Trimmed() -> skipTrimmed();
      case ShardGone() -> end();
    }
    return iterator != null;
  }

  private void advance(List<StreamRecord> records, @Nullable String next) {
    records.stream()
        .map(StreamRecord::sequenceNumber)
        .max(SequenceNumber::compareTo)
        .ifPresent(last -> position = new Position.After(last));
    iterator = next;
    ended = next == null;
  }

  /**
   * As Lambda does, go on with what is left; what was trimmed cannot be had again. DynamoDB Local
   * says so of the first iterator of an empty shard too, where nothing was lost.
   */
  private void skipTrimmed() {
    log.atLevel(position instanceof Position.TrimHorizon ? Level.DEBUG : Level.WARN)
        .addKeyValue("stream", streamArn)
        .addKeyValue("shard", shardId)
        .log("stream_records_trimmed");
    position = new Position.TrimHorizon();
    iterator = null;
  }

  private void end() {
    log.atWarn().addKeyValue("stream", streamArn).addKeyValue("shard", shardId).log("shard_gone");
    ended = true;
  }
}
