package io.roomlog.local.stream;

import io.roomlog.local.stream.StreamSource.Position;
import io.roomlog.local.stream.StreamSource.Shard;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one mapping: follows the shards of its stream and has each read when its turn is. */
final class StreamPoller {
  private static final Logger log = LoggerFactory.getLogger(StreamPoller.class);

  private final MappingContext context;
  private final Map<String, ShardPoller> running = new ConcurrentHashMap<>();
  private boolean begun;

  StreamPoller(MappingContext context) {
    this.context = context;
    this.begun = context.progress().resumed();
  }

  MappingStatus status() {
    var now = context.clock().instant();
    return new MappingStatus(
        context.mapping().logicalId(),
        context.mapping().function(),
        context.streamArn(),
        running.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(shard -> shard.getValue().status(now))
            .toList(),
        context.counters().counts());
  }

  /** Returns on a stop. */
  void run() {
    try {
      while (!context.stop().stopped()) {
        follow();
        context.stop().pause(context.pace().discovery());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws InterruptedException {
    try {
      var listed = context.source().shards(context.streamArn());
      if (!begun) {
        context.progress().begin(Lineage.begin(listed, context.mapping().startingPosition()));
        begun = true;
      }
      forgetAllBut(listed);
      Lineage.due(listed, context.progress().shards(), running.keySet()).forEach(this::start);
    } catch (StreamUnavailableException e) {
      log.atWarn()
          .addKeyValue("mapping", context.mapping().logicalId())
          .setCause(e)
          .log("stream_shards_unknown");
    }
  }

  /** A stream has a shard at any time: an empty list is no reason to forget how far it is read. */
  private void forgetAllBut(List<Shard> listed) {
    if (!listed.isEmpty()) {
      context.progress().retain(listed.stream().map(Shard::id).collect(Collectors.toSet()));
    }
  }

  private void start(String shardId, Position position) {
    var shard = new ShardPoller(context, shardId, position);
    running.put(shardId, shard);
    log.atDebug()
        .addKeyValue("mapping", context.mapping().logicalId())
        .addKeyValue("shard", shardId)
        .addKeyValue("from", position)
        .log("shard_started");
    context.workers().start(() -> read(shardId, shard));
  }

  private void read(String shardId, ShardPoller shard) {
    try {
      shard.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("mapping", context.mapping().logicalId())
          .addKeyValue("shard", shardId)
          .setCause(e)
          .log("shard_failed");
    } finally {
      // Finished, or to be started anew from its checkpoint.
      running.remove(shardId);
    }
  }
}
