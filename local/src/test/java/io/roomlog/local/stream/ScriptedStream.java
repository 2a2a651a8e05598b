package io.roomlog.local.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream in memory that does what DynamoDB Local's cannot: it has several shards with a lineage,
 * they end, trim and are forgotten, iterators expire, and calls fail, all when the test says so.
 */
final class ScriptedStream implements StreamSource {
  private final Map<String, Script> shards = new LinkedHashMap<>();
  private final List<String> opened = new ArrayList<>();
  private int iteratorGeneration;
  private int failuresAhead;
  private int reads;
  private int listings;
  private boolean hidden;

  private static final class Script {
    final @Nullable String parent;
    final List<StreamRecord> records = new ArrayList<>();
    int trimmed;
    boolean ended;

    Script(@Nullable String parent) {
      this.parent = parent;
    }
  }

  /** Adds an open shard. */
  synchronized ScriptedStream shard(String id, @Nullable String parent) {
    shards.put(id, new Script(parent));
    return this;
  }

  synchronized ScriptedStream append(String shardId, StreamRecord... records) {
    script(shardId).records.addAll(Arrays.asList(records));
    return this;
  }

  synchronized ScriptedStream end(String shardId) {
    script(shardId).ended = true;
    return this;
  }

  /** Drops a shard's oldest records. */
  synchronized void trim(String shardId, int records) {
    script(shardId).trimmed += records;
  }

  /** Drops a shard. */
  synchronized void forget(String shardId) {
    shards.remove(shardId);
  }

  /** Makes every iterator given out so far useless. */
  synchronized void expireIterators() {
    iteratorGeneration++;
  }

  /** Makes lists of shards empty, or whole again. */
  synchronized void hideShards(boolean hidden) {
    this.hidden = hidden;
  }

  /** Makes the next calls fail. */
  synchronized void failNext(int calls) {
    failuresAhead = calls;
  }

  synchronized int failuresAhead() {
    return failuresAhead;
  }

  /** Whether a record was appended to a shard. */
  synchronized boolean isIn(String shardId, SequenceNumber number) {
    return script(shardId).records.stream()
        .anyMatch(record -> record.sequenceNumber().equals(number));
  }

  /** How often the shards were listed. */
  synchronized int listings() {
    return listings;
  }

  /** The shards opened so far, each as often as it was. */
  synchronized List<String> opened() {
    return List.copyOf(opened);
  }

  /** How many reads were answered. */
  synchronized int reads() {
    return reads;
  }

  private Script script(String shardId) {
    var script = shards.get(shardId);
    if (script == null) {
      throw new IllegalArgumentException("no shard " + shardId);
    }
    return script;
  }

  @Override
  public Duration timestampPrecision() {
    return Duration.ZERO;
  }

  @Override
  public synchronized List<Shard> shards(String streamArn) {
    failIfScripted("DescribeStream");
    listings++;
    if (hidden) {
      return List.of();
    }
    return shards.entrySet().stream()
        .map(each -> new Shard(each.getKey(), each.getValue().parent, !each.getValue().ended))
        .toList();
  }

  @Override
  public synchronized Opened open(String streamArn, String shardId, Position position) {
    failIfScripted("GetShardIterator");
    var script = shards.get(shardId);
    if (script == null) {
      return new ShardGone();
    }
    int index =
        switch (position) {
          case Position.TrimHorizon() -> script.trimmed;
          case Position.Latest() -> script.records.size();
          case Position.At(var first) -> index(script, first);
          case Position.After(var last) -> index(script, last) + 1;
        };
    boolean before = !(position instanceof Position.TrimHorizon) && index < script.trimmed;
    if (before || (position instanceof Position.After && index == script.trimmed && index > 0)) {
      return new Trimmed();
    }
    opened.add(shardId);
    return new Opened.Iterator(token(shardId, index));
  }

  private static int index(Script script, SequenceNumber number) {
    for (int index = 0; index < script.records.size(); index++) {
      if (script.records.get(index).sequenceNumber().compareTo(number) >= 0) {
        return index;
      }
    }
    return script.records.size();
  }

  @Override
  public synchronized Read read(String streamArn, String iterator, int limit) {
    failIfScripted("GetRecords");
    var parts = iterator.split("@", -1);
    var script = shards.get(parts[0]);
    int index = Integer.parseInt(parts[1]);
    if (Integer.parseInt(parts[2]) != iteratorGeneration) {
      return new Read.IteratorExpired();
    }
    if (script == null) {
      return new ShardGone();
    }
    if (index < script.trimmed) {
      return new Trimmed();
    }
    reads++;
    int next = Math.min(script.records.size(), index + limit);
    boolean over = script.ended && next == script.records.size();
    return new Read.Page(script.records.subList(index, next), over ? null : token(parts[0], next));
  }

  private String token(String shardId, int index) {
    return shardId + "@" + index + "@" + iteratorGeneration;
  }

  private void failIfScripted(String call) {
    if (failuresAhead > 0) {
      failuresAhead--;
      throw new StreamUnavailableException(call, new IllegalStateException("scripted"));
    }
  }
}
