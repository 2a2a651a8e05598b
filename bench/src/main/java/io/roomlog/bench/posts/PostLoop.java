package io.roomlog.bench.posts;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Posts round and round, as many at once as there are workers, each a virtual thread. */
final class PostLoop implements Load {

  /** Connections that are posted to in turn. */
  private static final int CONNECTIONS = 64;

  private final Consumer<String> post;
  private final int workers;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Phaser working = new Phaser(1);
  private final AtomicLong next = new AtomicLong();
  private final Posted posted = new Posted();
  private volatile boolean running;

  /**
   * A loop.
   *
   * @param post posts to a connection once, and throws if that failed
   */
  PostLoop(Consumer<String> post, int workers) {
    this.post = post;
    this.workers = workers;
  }

  @Override
  public void start() {
    running = true;
    posted.begin();
    working.bulkRegister(workers);
    for (int i = 0; i < workers; i++) {
      threads.execute(this::work);
    }
  }

  private void work() {
    while (running) {
      try {
        post.accept("connection-" + next.getAndIncrement() % CONNECTIONS);
        posted.delivered();
      } catch (RuntimeException e) {
        posted.failed(e);
      }
    }
    working.arriveAndDeregister();
  }

  @Override
  public void stop() {
    running = false;
    working.arriveAndAwaitAdvance();
    posted.end();
  }

  @Override
  public Posted posted() {
    return posted;
  }
}
