package io.roomlog.fanout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of workers that do jobs. Jobs stand in lines, one a room, and workers take from
 * the lines in turn, so that a big room does not shut out a small one. A job that has to wait is
 * laid aside and done later: it occupies nobody meanwhile.
 *
 * <p>Our own, because executors queue tasks without bound and know neither lines nor laying aside,
 * and a semaphore over a thread for each connection means 10,000 threads for a room of 10,000: on
 * one processor that many runnable threads starve even the compiler.
 */
final class Crew {

  /** Jobs laid aside at once; with so many no new ones are begun. */
  static final int LATER_MAX = 2_048;

  private final int size;
  private final Machine machine;

  /**
   * A crew.
   *
   * @param size workers at once, at least 1
   */
  Crew(int size, Machine machine) {
    this.size = size;
    this.machine = machine;
  }

  /** A job that can be done in steps. */
  @FunctionalInterface
  interface Job {
    /**
     * Does as much as can be done without waiting for a time.
     *
     * @param shift may be given more to do
     * @return when to go on, or empty if it is done
     */
    Optional<Instant> step(Shift shift) throws InterruptedException;
  }

  /** Workers at once, at most. */
  int size() {
    return size;
  }

  /**
   * Does all jobs, and those that they add.
   *
   * @throws IllegalStateException with what a job threw, when nothing runs any more
   * @throws InterruptedException if the caller is interrupted; then so are all workers
   */
  void work(List<Iterator<? extends Job>> lines) throws InterruptedException {
    try (ExecutorService threads = machine.threads().get()) {
      Shift shift = new Shift(threads);
      lines.forEach(shift::add);
      shift.hire();
      shift.await();
    }
  }

  private record Later(Instant at, long number, Job job) {}

  /** One use of a crew. */
  final class Shift {
    private final ExecutorService threads;
    private final Queue<Future<?>> workers = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Iterator<? extends Job>> lines = new ArrayDeque<>();
    private final PriorityQueue<Later> later =
        new PriorityQueue<>(Comparator.comparing(Later::at).thenComparingLong(Later::number));
    private int atWork;
    private long lastNumber;
    private @Nullable Instant alarm;

    private Shift(ExecutorService threads) {
      this.threads = threads;
    }

    /** Adds a line of jobs. They are taken one by one, when there is somebody to do them. */
    synchronized void add(Iterator<? extends Job> line) {
      if (line.hasNext()) {
        lines.addLast(line);
      }
    }

    private synchronized void hire() {
      if (atWork < size && isAnythingToDo(machine.clock().instant())) {
        atWork++;
        workers.add(threads.submit(this::work));
      }
    }

    private @Nullable Void work() throws InterruptedException {
      boolean working = true;
      try {
        while (working) {
          Job job = take();
          working = job != null;
          if (job != null) {
            hire();
            step(job);
          }
        }
      } finally {
        if (working) {
          leave();
        }
      }
      awaitAlarm();
      return null;
    }

    private void step(Job job) throws InterruptedException {
      Optional<Instant> again = job.step(this);
      if (again.isPresent()) {
        layAside(again.get(), job);
      }
    }

    private synchronized void layAside(Instant at, Job job) {
      later.add(new Later(at, ++lastNumber, job));
    }

    private synchronized void leave() {
      atWork--;
    }

    /** A job that can be done now, or null: then the worker has left. */
    private synchronized @Nullable Job take() {
      Instant now = machine.clock().instant();
      if (isDue(now)) {
        return later.remove().job();
      }
      if (later.size() < LATER_MAX && !lines.isEmpty()) {
        return takeFromALine();
      }
      atWork--;
      return null;
    }

    private Job takeFromALine() {
      Iterator<? extends Job> line = lines.removeFirst();
      Job job = line.next();
      if (line.hasNext()) {
        lines.addLast(line);
      }
      return job;
    }

    private boolean isAnythingToDo(Instant now) {
      return isDue(now) || (later.size() < LATER_MAX && !lines.isEmpty());
    }

    private boolean isDue(Instant now) {
      Later first = later.peek();
      return first != null && !first.at().isAfter(now);
    }

    /** Whoever finds nothing to do waits for what was laid aside, if nobody else does. */
    private void awaitAlarm() throws InterruptedException {
      for (Duration wait = setAlarm(); wait != null; wait = setAlarm()) {
        machine.pause().of(wait);
        if (wakeUp()) {
          return;
        }
      }
    }

    /** Whether there is somebody at work again, who will look after what is laid aside. */
    private synchronized boolean wakeUp() {
      alarm = null;
      hire();
      return atWork > 0;
    }

    private synchronized @Nullable Duration setAlarm() {
      Later first = later.peek();
      if (first == null || (alarm != null && !first.at().isBefore(alarm))) {
        return null;
      }
      alarm = first.at();
      Duration wait = Duration.between(machine.clock().instant(), first.at());
      return wait.isNegative() ? Duration.ZERO : wait;
    }

    private void await() throws InterruptedException {
      try {
        for (Future<?> worker = workers.poll(); worker != null; worker = workers.poll()) {
          worker.get();
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw new IllegalStateException(e.getCause());
      }
    }
  }
}
