package io.roomlog.local.stream;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads DynamoDB streams: the part of the DynamoDB Streams API that an event source mapping needs.
 *
 * <p>Within a shard, records come in the order of their sequence numbers, and all changes of one
 * item stand in the lineage of one shard. A shard that has ended is never written again; its
 * children continue it.
 *
 * <p>Every call may throw {@link StreamUnavailableException}; nothing has been read then, and the
 * same call may be made again later.
 */
public interface StreamSource {
  /** The most records that one read returns (GetRecords in the DynamoDB Streams API reference). */
  int READ_RECORDS_MAX = 1_000;

  /**
   * All shards that the stream still keeps, open and ended.
   *
   * @throws InterruptedException if the calling thread is interrupted
   */
  List<Shard> shards(String streamArn) throws InterruptedException;

  /**
   * A place to start reading a shard from. It expires if it is not used (after 15 minutes on
   * DynamoDB).
   *
   * @throws InterruptedException if the calling thread is interrupted
   */
  Opened open(String streamArn, String shardId, Position position) throws InterruptedException;

  /**
   * Reads on from an iterator.
   *
   * @param iterator what {@link #open} or the {@link Read.Page} before returned
   * @param limit the most records wanted, 1–{@value #READ_RECORDS_MAX}
   * @throws InterruptedException if the calling thread is interrupted
   */
  Read read(String streamArn, String iterator, int limit) throws InterruptedException;

  /** How far a record's creation time may lie before the truth. */
  Duration timestampPrecision();

  /**
   * A shard of a stream.
   *
   * @param id its id
   * @param parentId the shard it continues, or null; the parent may be forgotten already
   * @param open whether records may still be added
   */
  record Shard(String id, @Nullable String parentId, boolean open) {}

  /** Where reading starts. */
  sealed interface Position {
    /** With the oldest record kept. */
    record TrimHorizon() implements Position {}

    /** After the newest record there is now. */
    record Latest() implements Position {}

    /** With this record. */
    record At(SequenceNumber first) implements Position {}

    /** After this record. */
    record After(SequenceNumber last) implements Position {}
  }

  /** What came of opening a shard. */
  sealed interface Opened {
    /** It can be read. */
    record Iterator(String token) implements Opened {}
  }

  /** What came of reading. */
  sealed interface Read {
    /**
     * The next records, perhaps none.
     *
     * @param next where to read on, or null at the end of a shard that has ended
     */
    record Page(List<StreamRecord> records, @Nullable String next) implements Read {
      /** Copies what is given. */
      public Page {
        records = List.copyOf(records);
      }
    }

    /** The iterator was not used in time; open the shard again. */
    record IteratorExpired() implements Read {}
  }

  /** The records asked for are older than the stream keeps (24 hours), and gone. */
  record Trimmed() implements Opened, Read {}

  /** The stream knows no such shard (any more). */
  record ShardGone() implements Opened, Read {}
}
