package io.roomlog.local.stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers one batch of a shard at a time. A shard has as many lanes as the mapping's
 * ParallelizationFactor; all changes of one item go through one lane, in order.
 */
final class Lane {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final int index;
  private final ShardBuffer buffer;
  private final Delivery delivery;

  Lane(int index, ShardBuffer buffer, Delivery delivery) {
    this.index = index;
    this.buffer = buffer;
    this.delivery = delivery;
  }

  /** Which lane an item's records go through. */
  static int of(StreamRecord record, int lanes) {
    return Math.floorMod(record.itemKey().hashCode(), lanes);
  }

  /** Returns when the shard is drained, or on a stop. */
  void run() {
    try {
      for (var next = buffer.next(index); next.isPresent(); next = buffer.next(index)) {
        delivery.deliver(next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      buffer.abandon();
    } catch (RuntimeException e) {
      // A bug here must not end the mapping in silence: the shard is read anew from its checkpoint.
      log.atError().addKeyValue("lane", index).setCause(e).log("stream_lane_failed");
      buffer.abandon();
    }
  }
}
