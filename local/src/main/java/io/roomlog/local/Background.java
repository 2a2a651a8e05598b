package io.roomlog.local;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * A part that starts on a thread of its own while others start.
 *
 * @param <T> the part
 */
final class Background<T> {
  private final FutureTask<T> task;

  private Background(FutureTask<T> task) {
    this.task = task;
  }

  /** Begins at once. */
  static <T> Background<T> of(String name, Callable<T> start) {
    FutureTask<T> task = new FutureTask<>(start);
    Thread.ofPlatform().daemon().name(name).start(task);
    return new Background<>(task);
  }

  /** Waits for it; what it threw unchecked is thrown here. */
  T await() throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Waits for it to come up, then ends it; nothing has to be ended if it did not come up. */
  void end(Consumer<T> ending) throws InterruptedException {
    T part;
    try {
      part = task.get();
    } catch (ExecutionException neverCameUp) {
      return;
    }
    ending.accept(part);
  }
}
