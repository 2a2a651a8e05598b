package io.roomlog.tests.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A clock that jumps from one event to the next, and actors that run in its time.
 *
 * <p>An actor is blocking code on a thread of its own. Exactly one thread runs at any moment: an
 * actor that waits hands its turn to the clock, and the clock hands a turn to whoever is next. So
 * the order of everything follows from the events alone, and from nothing that the machine does.
 */
final class VirtualTime implements InstantSource {

  /** When it begins. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private record Event(long at, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /** The right to run, passed to one thread. */
  private static final class Turn {
    private volatile boolean given;
    private volatile @Nullable Thread waiting;

    void give() {
      given = true;
      LockSupport.unpark(waiting);
    }

    void take() {
      waiting = Thread.currentThread();
      while (!given) {
        LockSupport.park(this);
      }
      given = false;
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Turn clock = new Turn();
  private long now;
  private long end;
  private long lastNumber;
  private @Nullable Throwable failure;

  @Override
  public Instant instant() {
    return START.plusNanos(now);
  }

  /** How long it has run, in nanoseconds. */
  long nanos() {
    return now;
  }

  /** Something happens later. It may not wait for anything. */
  void after(Duration time, Runnable event) {
    events.add(new Event(now + time.toNanos(), ++lastNumber, event));
  }

  /** Blocking code begins, at this very time but in a turn of its own. */
  void start(Runnable actor) {
    after(Duration.ZERO, () -> run(actor));
  }

  private void run(Runnable actor) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                actor.run();
              } catch (Throwable e) {
                failure = e;
              } finally {
                clock.give();
              }
            });
    clock.take();
  }

  /** The actor that calls this waits. */
  void pass(Duration time) {
    long at = now + time.toNanos();
    Event next = events.peek();
    if (at <= end && (next == null || next.at() > at)) {
      // Nobody else has a turn before.
      now = at;
      return;
    }
    Turn own = new Turn();
    events.add(new Event(at, ++lastNumber, () -> resume(own)));
    clock.give();
    own.take();
  }

  /**
   * The actor that calls this waits until it is woken.
   *
   * @param sleeper takes what wakes it; to be called once, later
   */
  void await(Consumer<Runnable> sleeper) {
    Turn own = new Turn();
    sleeper.accept(() -> after(Duration.ZERO, () -> resume(own)));
    clock.give();
    own.take();
  }

  private void resume(Turn actor) {
    actor.give();
    clock.take();
  }

  /**
   * Lets time pass. Actors that are still waiting then go on when it passes again.
   *
   * @throws AssertionError if an actor failed
   */
  void run(Duration time) {
    end = now + time.toNanos();
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event next = events.remove();
      now = next.at();
      next.action().run();
      if (failure != null) {
        throw new AssertionError("an actor failed", failure);
      }
    }
    now = end;
  }
}
