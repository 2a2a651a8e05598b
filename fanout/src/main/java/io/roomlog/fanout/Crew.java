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
    try (ExecutorService executor = machine.threads().get()) {
      Shift shift = new Shift(executor);
      lines.forEach(shift::add);
      shift.hire();
      shift.await();
    }
  }

  private record Later(Instant at, long number, Job job) {}

  /** One use of a crew. */
  final class Shift {
    private final ExecutorService executor;
    private final Queue<Future<?>> threads = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Iterator<? extends Job>> lines = new ArrayDeque<>();
    private final PriorityQueue<Later> later =
        new PriorityQueue<>(Comparator.comparing(Later::at).thenComparingLong(Later::number));
    private int atWork;
    private long lastNumber;
    private boolean lastWasDue;
    private @Nullable Instant alarm;

    private Shift(ExecutorService executor) {
      this.executor = executor;
    }

    /** Adds a line of jobs. They are taken one by one, when there is somebody to do them. */
    synchronized void add(Iterator<? extends Job> line) {
      if (line.hasNext()) {
        lines.addLast(line);
      }
    }

    /** Whoever takes a job or leaves sees to it that what is left will be done. */
    private synchronized void hire() {
      if (atWork == size) {
        return;
      }
      if (isAnythingToDo()) {
        atWork++;
        threads.add(executor.submit(this::work));
      } else {
        setAlarm();
      }
    }

    private @Nullable Void work() throws InterruptedException {
      boolean working = true;
      try {
        while (working) {
          Job job = take();
          working = job != null;
          hire();
          if (job != null) {
            step(job);
          }
        }
      } finally {
        if (working) {
          leave();
        }
      }
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

    /**
     * A job that can be done now, or null: then the worker has left. What is due and what is new
     * take turns: neither keeps the other waiting.
     */
    private synchronized @Nullable Job take() {
      boolean due = isDue();
      if (due && !(lastWasDue && mayBegin())) {
        lastWasDue = true;
        return later.remove().job();
      }
      lastWasDue = false;
      if (mayBegin()) {
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

    private boolean isAnythingToDo() {
      return isDue() || mayBegin();
    }

    private boolean mayBegin() {
      return later.size() < LATER_MAX && !lines.isEmpty();
    }

    private boolean isDue() {
      Later first = later.peek();
      return first != null && !first.at().isAfter(machine.clock().instant());
    }

    /** Somebody is there when the first of what was laid aside is due. */
    private void setAlarm() {
      Later first = later.peek();
      if (first != null && (alarm == null || first.at().isBefore(alarm))) {
        Instant at = first.at();
        alarm = at;
        threads.add(executor.submit(() -> ring(at)));
      }
    }

    private @Nullable Void ring(Instant at) throws InterruptedException {
      Duration wait = Duration.between(machine.clock().instant(), at);
      machine.pause().of(wait.isNegative() ? Duration.ZERO : wait);
      wakeUp(at);
      return null;
    }

    private synchronized void wakeUp(Instant at) {
      if (at.equals(alarm)) {
        alarm = null;
      }
      hire();
    }

    private void await() throws InterruptedException {
      try {
        for (Future<?> thread = threads.poll(); thread != null; thread = threads.poll()) {
          thread.get();
        }
      } catch (InterruptedException e) {
        executor.shutdownNow();
        throw e;
      } catch (ExecutionException e) {
        executor.shutdownNow();
        throw new IllegalStateException(e.getCause());
      }
    }
  }
}
