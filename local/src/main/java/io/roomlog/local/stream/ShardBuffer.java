package io.roomlog.local.stream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Records between a shard's reader and its lanes: a queue a lane.
 *
 * <p>It asks for more only while a lane waits. So with one lane nothing is read while a batch is in
 * the function; the stream gathers the next batch meanwhile, and the busier it is the larger the
 * batches get.
 */
final class ShardBuffer {
  /** Bounds what piles up before a lane that fails while others go on. */
  static final int RECORDS_MAX = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<ArrayDeque<Arrival>> queues;
  private final BatchLimits limits;
  private final StopSignal stop;
  private final InstantSource clock;
  private final Duration tick;
  private final BitSet waiting = new BitSet();
  private boolean complete;
  private boolean abandoned;

  /**
   * Makes one queue a lane.
   *
   * @param tick how often a waiting thread looks at the clock and at the stop signal
   */
  ShardBuffer(int lanes, BatchLimits limits, StopSignal stop, InstantSource clock, Duration tick) {
    this.queues = IntStream.range(0, lanes).mapToObj(_ -> new ArrayDeque<Arrival>()).toList();
    this.limits = limits;
    this.stop = stop;
    this.clock = clock;
    this.tick = tick;
  }

  int lanes() {
    return queues.size();
  }

  /** Returns true when a lane wants records, false when no more are wanted at all. */
  boolean awaitDemand() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!over() && (!isWanting() || size() >= RECORDS_MAX)) {
        awaitTick();
      }
      return !over();
    } finally {
      lock.unlock();
    }
  }

  private boolean over() {
    return abandoned || stop.stopped();
  }

  /** A lane that has its next batch and has not taken it yet wants nothing. */
  private boolean isWanting() {
    return waiting.stream()
        .anyMatch(lane -> limits.ready(queues.get(lane), clock.instant(), complete) == 0);
  }

  private int size() {
    return queues.stream().mapToInt(ArrayDeque::size).sum();
  }

  /** Hands records to a lane. */
  void add(int lane, Collection<Arrival> arrivals) {
    lock.lock();
    try {
      queues.get(lane).addAll(arrivals);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No more records will be added. */
  void complete() {
    lock.lock();
    try {
      complete = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends every wait: the shard is to be read anew from its checkpoint. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a lane's next batch; empty when there will be none, or on a stop. */
  Optional<Batch> next(int lane) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      waiting.set(lane);
      changed.signalAll();
      return gather(queues.get(lane));
    } finally {
      waiting.clear(lane);
      lock.unlock();
    }
  }

  private Optional<Batch> gather(ArrayDeque<Arrival> queue) throws InterruptedException {
    while (!over()) {
      int ready = limits.ready(queue, clock.instant(), complete);
      if (ready > 0) {
        return Optional.of(
            Batch.fresh(IntStream.range(0, ready).mapToObj(_ -> queue.removeFirst()).toList()));
      }
      if (complete) {
        return Optional.empty();
      }
      awaitTick();
    }
    return Optional.empty();
  }

  /** Its callers loop: whoever waits looks at everything again, whatever ended the wait. */
  @SuppressWarnings("WaitNotInLoop")
  private void awaitTick() throws InterruptedException {
    var _ = changed.await(tick.toNanos(), TimeUnit.NANOSECONDS);
  }
}
