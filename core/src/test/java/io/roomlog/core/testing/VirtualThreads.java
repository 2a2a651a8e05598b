package io.roomlog.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;

/** An executor whose threads are actors in virtual time, and whose futures are waited for in it. */
public final class VirtualThreads extends AbstractExecutorService {

  private final VirtualTime time;
  private final List<Task<?>> tasks = new ArrayList<>();
  private boolean shutdown;

  /** In a time. */
  public VirtualThreads(VirtualTime time) {
    this.time = time;
  }

  private static final class Task<T> extends FutureTask<T> {
    private final VirtualTime time;
    private final List<Runnable> sleepers = new ArrayList<>();

    Task(VirtualTime time, Callable<T> work) {
      super(work);
      this.time = time;
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
      awaitDone();
      return super.get();
    }

    void awaitDone() {
      if (!isDone()) {
        time.await(sleepers::add);
      }
    }

    @Override
    protected void done() {
      sleepers.forEach(Runnable::run);
    }
  }

  @Override
  protected <T> RunnableFuture<T> newTaskFor(Callable<T> work) {
    Task<T> task = new Task<>(time, work);
    tasks.add(task);
    return task;
  }

  @Override
  public void execute(Runnable task) {
    time.start(task);
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && tasks.stream().allMatch(Task::isDone);
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    tasks.forEach(Task::awaitDone);
    return true;
  }
}
