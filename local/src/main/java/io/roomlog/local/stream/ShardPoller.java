package io.roomlog.local.stream;

import io.roomlog.local.stream.StreamSource.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one shard to its end and hands what passes the filter to the shard's lanes. */
final class ShardPoller {
  private static final Logger log = LoggerFactory.getLogger(ShardPoller.class);

  private final MappingContext context;
  private final String shardId;
  private final ShardCursor cursor;
  private final ShardCheckpoint checkpoint;
  private final ShardBuffer buffer;
  private @Nullable Instant lastPoll;

  ShardPoller(MappingContext context, String shardId, Position start) {
    this.context = context;
    this.shardId = shardId;
    this.cursor = new ShardCursor(context.source(), context.streamArn(), shardId, start);
    this.checkpoint = new ShardCheckpoint(context.progress(), shardId, start);
    this.buffer =
        new ShardBuffer(
            context.mapping().parallelizationFactor(),
            context.batchLimits(),
            context.stop(),
            context.clock(),
            context.pace().tick());
  }

  MappingStatus.Shard status(Instant now) {
    return checkpoint.status(now);
  }

  /** Returns when everything in the shard is handled, or on a stop. */
  void run() throws InterruptedException {
    var lanes = startLanes();
    try {
      poll();
    } catch (RuntimeException | InterruptedException e) {
      buffer.abandon();
      throw e;
    } finally {
      lanes.await();
    }
    if (cursor.ended()) {
      checkpoint.ended();
    }
  }

  private CountDownLatch startLanes() {
    var route = new GivenUp.Route(context.functionArn(), context.streamArn(), shardId);
    var running = new CountDownLatch(buffer.lanes());
    for (int index = 0; index < buffer.lanes(); index++) {
      var lane = new Lane(index, buffer, new Delivery(context, route, checkpoint));
      context
          .workers()
          .start(
              () -> {
                try {
                  lane.run();
                } finally {
                  running.countDown();
                }
              });
    }
    return running;
  }

  private void poll() throws InterruptedException {
    int limit =
        Math.min(context.mapping().batchSize() * buffer.lanes(), StreamSource.READ_RECORDS_MAX);
    int failures = 0;
    boolean full = false;
    while (!cursor.ended() && buffer.awaitDemand()) {
      awaitTurn(full);
      try {
        var records = cursor.read(limit);
        hand(records);
        full = records.size() == limit;
        failures = 0;
      } catch (StreamUnavailableException e) {
        failures++;
        full = false;
        report(e);
        context.stop().pause(context.pace().backoff().before(failures));
      }
    }
    if (cursor.ended()) {
      buffer.complete();
    }
  }

  /** A full read is followed by the next at once, any other by a pause. */
  private void awaitTurn(boolean full) throws InterruptedException {
    var now = context.clock().instant();
    if (!full && lastPoll != null) {
      var due = lastPoll.plus(context.pace().poll());
      context.stop().pause(max(Duration.between(now, due), Duration.ZERO));
    }
    lastPoll = context.clock().instant();
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private void hand(List<StreamRecord> records) {
    var seen = context.clock().instant();
    var precision = context.source().timestampPrecision();
    var passed = new ArrayList<Arrival>();
    var dropped = new ArrayList<SequenceNumber>();
    for (var record : records) {
      if (context.filter().passes(record.json())) {
        passed.add(Arrival.of(record, seen, precision));
      } else {
        dropped.add(record.sequenceNumber());
      }
    }
    context.counters().filtered(dropped.size());
    checkpoint.read(passed, dropped);
    passed.stream()
        .collect(Collectors.groupingBy(arrival -> Lane.of(arrival.record(), buffer.lanes())))
        .forEach(buffer::add);
  }

  private void report(StreamUnavailableException e) {
    log.atWarn()
        .addKeyValue("mapping", context.mapping().logicalId())
        .addKeyValue("shard", shardId)
        .setCause(e)
        .log("stream_read_failed");
  }
}
