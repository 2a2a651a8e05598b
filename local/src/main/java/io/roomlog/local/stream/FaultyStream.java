package io.roomlog.local.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * A stream with faults: another source, made worse within what a stream may do. No record is lost,
 * and each item's records stay in order. Without faults it is the other source.
 */
public final class FaultyStream implements StreamSource {
  private final StreamSource source;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final AtomicLong repeats = new AtomicLong();
  private final AtomicLong reorders = new AtomicLong();
  private final AtomicLong stalls = new AtomicLong();
  private volatile List<StreamFault> faults = List.of();
  private volatile Instant stalledUntil = Instant.MIN;

  /** How often each fault struck. */
  public record Struck(long repeats, long reorders, long stalls) {}

  /**
   * Reads from another source, at first without faults.
   *
   * @param random decides where faults strike; one seed and one order of reads give one result
   */
  public FaultyStream(StreamSource source, RandomGenerator random, InstantSource clock) {
    this.source = source;
    this.random = random;
    this.clock = clock;
  }

  /** Replaces the faults; an empty list ends them, and a stall with them. */
  public void faults(List<StreamFault> faults) {
    this.faults = List.copyOf(faults);
    this.stalledUntil = Instant.MIN;
  }

  /** How often each fault struck so far. */
  public Struck struck() {
    return new Struck(repeats.get(), reorders.get(), stalls.get());
  }

  @Override
  public Duration timestampPrecision() {
    return source.timestampPrecision();
  }

  @Override
  public List<Shard> shards(String streamArn) throws InterruptedException {
    return source.shards(streamArn);
  }

  @Override
  public Opened open(String streamArn, String shardId, Position position)
      throws InterruptedException {
    return source.open(streamArn, shardId, position);
  }

  @Override
  public Read read(String streamArn, String iterator, int limit) throws InterruptedException {
    for (var fault : faults) {
      if (fault instanceof StreamFault.Stall stall && strikes(stall)) {
        stalls.incrementAndGet();
        stalledUntil = clock.instant().plus(stall.duration());
      }
    }
    if (clock.instant().isBefore(stalledUntil)) {
      return new Read.Page(List.of(), iterator);
    }
    var read = source.read(streamArn, iterator, limit);
    return read instanceof Read.Page page && !page.records().isEmpty()
        ? worsened(page, iterator)
        : read;
  }

  private Read.Page worsened(Read.Page page, String iterator) {
    var worse = page;
    for (var fault : faults) {
      worse =
          switch (fault) {
            case StreamFault.Repeat repeat when strikes(repeat) -> {
              repeats.incrementAndGet();
              yield new Read.Page(worse.records(), iterator);
            }
            case StreamFault.Reorder reorder when strikes(reorder) ->
                new Read.Page(reordered(worse.records()), worse.next());
            case StreamFault.Repeat _, StreamFault.Reorder _, StreamFault.Stall _ -> worse;
          };
    }
    return worse;
  }

  private boolean strikes(StreamFault fault) {
    return random.nextDouble() < fault.probability();
  }

  /** Any order that keeps each item's. It counts as a fault only if it is another one. */
  private List<StreamRecord> reordered(List<StreamRecord> records) {
    var items = new LinkedHashMap<String, Queue<StreamRecord>>();
    records.forEach(
        record -> items.computeIfAbsent(record.itemKey(), _ -> new ArrayDeque<>()).add(record));
    var left = new ArrayList<>(items.values());
    var reordered = new ArrayList<StreamRecord>(records.size());
    while (!left.isEmpty()) {
      int drawn = random.nextInt(left.size());
      reordered.add(left.get(drawn).remove());
      if (left.get(drawn).isEmpty()) {
        left.remove(drawn);
      }
    }
    if (!reordered.equals(records)) {
      reorders.incrementAndGet();
    }
    return reordered;
  }
}
