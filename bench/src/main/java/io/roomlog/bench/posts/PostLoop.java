package io.roomlog.bench.posts;

import io.roomlog.bench.posts.HttpClientKind.Poster;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.SdkBytes;

/** Posts round and round, as many at once as there are workers, each a virtual thread. */
final class PostLoop {

  /** Connections that are posted to in turn. */
  private static final int CONNECTIONS = 64;

  private final Poster poster;
  private final SdkBytes frame;
  private final int workers;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Phaser working = new Phaser(1);
  private final AtomicLong next = new AtomicLong();
  private final LongAdder posts = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicLong lastPost = new AtomicLong();
  private final AtomicLong longestGap = new AtomicLong();
  private final AtomicBoolean complained = new AtomicBoolean();
  private volatile boolean running;

  PostLoop(Poster poster, int bytes, int workers) {
    this.poster = poster;
    this.frame = SdkBytes.fromUtf8String("x".repeat(bytes));
    this.workers = workers;
  }

  void start() {
    running = true;
    lastPost.set(System.nanoTime());
    working.bulkRegister(workers);
    for (int i = 0; i < workers; i++) {
      threads.execute(this::work);
    }
  }

  private void work() {
    while (running) {
      String id = "connection-" + next.getAndIncrement() % CONNECTIONS;
      try {
        poster.post(id, frame);
        posts.increment();
        long now = System.nanoTime();
        longestGap.accumulateAndGet(now - lastPost.getAndSet(now), Math::max);
      } catch (RuntimeException e) {
        failed.increment();
        if (complained.compareAndSet(false, true)) {
          e.printStackTrace();
        }
      }
    }
    working.arriveAndDeregister();
  }

  /** Returns when the last post is over. */
  void stop() {
    running = false;
    working.arriveAndAwaitAdvance();
  }

  long posts() {
    return posts.sum();
  }

  long failed() {
    return failed.sum();
  }

  /** The longest time without a post that ended, since this was asked last, in nanoseconds. */
  long takeLongestGap() {
    long going = running ? System.nanoTime() - lastPost.get() : 0;
    return Math.max(going, longestGap.getAndSet(0));
  }
}
