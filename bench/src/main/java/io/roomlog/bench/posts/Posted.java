package io.roomlog.bench.posts;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What came of posts, told by many threads. */
final class Posted {

  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicLong last = new AtomicLong();
  private final AtomicLong longestGap = new AtomicLong();
  private final AtomicBoolean complained = new AtomicBoolean();
  private volatile boolean running;

  /** From here on a time without a post is a gap. */
  void begin() {
    last.set(System.nanoTime());
    running = true;
  }

  /** Nobody posts any more. */
  void end() {
    running = false;
  }

  void delivered() {
    delivered.increment();
    long now = System.nanoTime();
    longestGap.accumulateAndGet(now - last.getAndSet(now), Math::max);
  }

  /** The first reason is printed. */
  void failed(Object reason) {
    failed.increment();
    if (complained.compareAndSet(false, true)) {
      System.err.println("the first post that failed: " + reason);
    }
  }

  long posts() {
    return delivered.sum();
  }

  long failures() {
    return failed.sum();
  }

  /** The longest time without a post that ended, since this was asked last, in nanoseconds. */
  long takeLongestGap() {
    long going = running ? System.nanoTime() - last.get() : 0;
    return Math.max(going, longestGap.getAndSet(0));
  }
}
