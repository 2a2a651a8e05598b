package io.roomlog.local.stream;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads of the mappings. An executor service would do but for one thing: once it is shut down
 * it refuses work, and a shard that is just starting its lanes must be able to end in order.
 */
public final class Workers {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<Thread> running = new HashSet<>();
  private final ThreadFactory factory;

  /** Makes its threads with a factory. */
  public Workers(ThreadFactory factory) {
    this.factory = factory;
  }

  /** Runs work in a thread of its own. */
  public void start(Runnable work) {
    var thread = factory.newThread(() -> run(work));
    lock.lock();
    try {
      running.add(thread);
    } finally {
      lock.unlock();
    }
    thread.start();
  }

  private void run(Runnable work) {
    try {
      work.run();
    } finally {
      lock.lock();
      try {
        running.remove(Thread.currentThread());
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Waits for all threads to end.
   *
   * @return whether they did within the limit
   * @throws InterruptedException if the calling thread is interrupted
   */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (!running.isEmpty() && left > 0) {
        left = ended.awaitNanos(left);
      }
      return running.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts the threads that have not ended. */
  public void interrupt() {
    lock.lock();
    try {
      running.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }
}
