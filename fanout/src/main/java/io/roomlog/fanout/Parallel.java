package io.roomlog.fanout;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Runs blocking work at once, a thread each. Closing it waits for what still runs. */
final class Parallel implements AutoCloseable {

  /** A virtual thread for each piece of work. */
  static final Supplier<ExecutorService> VIRTUAL_THREADS =
      Executors::newVirtualThreadPerTaskExecutor;

  private final ExecutorService threads;

  /**
   * Work that is to be done now.
   *
   * @param threads starts an executor for it, whose futures and whose closing are waited for; a
   *     simulation gives one that runs in virtual time
   */
  Parallel(Supplier<ExecutorService> threads) {
    this.threads = threads.get();
  }

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
