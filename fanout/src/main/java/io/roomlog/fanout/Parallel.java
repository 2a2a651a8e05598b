package io.roomlog.fanout;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs blocking work at once, a virtual thread each. Closing it waits for what still runs. */
final class Parallel implements AutoCloseable {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Work that may be interrupted. */
  @FunctionalInterface
  interface Work<T, R> {
    R on(T one) throws InterruptedException;
  }

  /** Starts the work on each; the answers stand in the same order. */
  <T, R> List<Future<R>> all(List<T> many, Work<T, R> work) {
    return many.stream().map(one -> threads.submit(() -> work.on(one))).toList();
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
