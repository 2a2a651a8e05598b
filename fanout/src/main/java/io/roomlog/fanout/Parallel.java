package io.roomlog.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Runs blocking work at once, a virtual thread each. Closing it waits for what still runs. */
final class Parallel implements AutoCloseable {

  /** Threads at once: most of them only wait for a permit to post, and each takes a few KB. */
  static final int THREADS_MAX = 10_000;

  private final Semaphore free = new Semaphore(THREADS_MAX);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Work that may be interrupted. */
  @FunctionalInterface
  interface Work<T, R> {
    R on(T one) throws InterruptedException;
  }

  /**
   * Starts the work on each; the answers stand in the same order.
   *
   * @throws InterruptedException if the caller is interrupted before the last has begun; then so is
   *     all the work
   */
  <T, R> List<Future<R>> all(List<T> many, Work<T, R> work) throws InterruptedException {
    List<Future<R>> answers = new ArrayList<>(many.size());
    try {
      for (T one : many) {
        free.acquire();
        answers.add(threads.submit(() -> freeing(one, work)));
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      throw e;
    }
    return answers;
  }

  private <T, R> R freeing(T one, Work<T, R> work) throws InterruptedException {
    try {
      return work.on(one);
    } finally {
      free.release();
    }
  }

  /**
   * The answer of work that throws nothing but bugs.
   *
   * @throws IllegalStateException with what it threw
   * @throws InterruptedException if the caller is interrupted; then so is all the work
   */
  <R> R answer(Future<R> future) throws InterruptedException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      threads.shutdownNow();
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
