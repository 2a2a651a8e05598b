package io.roomlog.fanout;

import io.roomlog.core.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A clock that jumps from one waiting thread to the next. Exactly one thread runs at any moment,
 * and whose turn it is follows from the times alone, so that a run repeats itself exactly.
 */
final class VirtualTime implements InstantSource, Pause {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private record Turn(long at, long number, Semaphore given) implements Comparable<Turn> {
    @Override
    public int compareTo(Turn other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Turn> turns = new PriorityQueue<>();
  private final AtomicInteger most = new AtomicInteger();
  private long now;
  private long lastNumber;
  private int alive;

  @Override
  public synchronized Instant instant() {
    return START.plusNanos(now);
  }

  /** How long it has run. */
  synchronized Duration passed() {
    return Duration.ofNanos(now);
  }

  /** The most threads that there were at once. */
  int mostThreads() {
    return most.get();
  }

  @Override
  public void of(Duration time) {
    Semaphore given = new Semaphore(0);
    add(time.toNanos(), given);
    handOver(given);
  }

  private synchronized void add(long wait, Semaphore given) {
    turns.add(new Turn(now + wait, ++lastNumber, given));
  }

  /** The running thread gives its turn to the next, and waits for its own. */
  private void handOver(Semaphore given) {
    giveNext();
    given.acquireUninterruptibly();
  }

  private synchronized void giveNext() {
    Turn next = turns.poll();
    if (next != null) {
      now = next.at();
      next.given().release();
    }
  }

  /** An executor of threads that run in this time. */
  AbstractExecutorService threads() {
    return new Threads();
  }

  private void start(Runnable task) {
    Semaphore given = new Semaphore(0);
    most.accumulateAndGet(++alive, Math::max);
    Thread.ofVirtual()
        .start(
            () -> {
              given.acquireUninterruptibly();
              try {
                task.run();
              } finally {
                alive--;
                giveNext();
              }
            });
    add(0, given);
  }

  private final class Task<T> extends FutureTask<T> {
    private final List<Semaphore> waiting = new ArrayList<>();

    Task(Callable<T> work) {
      super(work);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
      if (!isDone()) {
        Semaphore given = new Semaphore(0);
        waiting.add(given);
        handOver(given);
      }
      return super.get();
    }

    @Override
    protected void done() {
      waiting.forEach(given -> add(0, given));
    }
  }

  private final class Threads extends AbstractExecutorService {
    private boolean shutdown;

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> work) {
      return new Task<>(work);
    }

    @Override
    public void execute(Runnable task) {
      start(task);
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
      return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return shutdown;
    }
  }
}
