package io.roomlog.core.testing;

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
 * <p>An actor is blocking code on a thread of its own. Exactly one thread runs at any moment: the
 * one that has the turn. An actor that waits does what is next itself, and if that is another
 * actor's, passes its turn on. So the order of everything follows from the events alone, and from
 * nothing that the machine does.
 */
public final class VirtualTime implements InstantSource {

  /** When it begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /**
   * What happens at a time.
   *
   * @param number orders what happens at the same time
   * @param action is run by whoever has the turn; it waits for nothing
   * @param actor who goes on, or null if nobody does
   */
  private record Event(long at, long number, Runnable action, @Nullable Turn actor)
      implements Comparable<Event> {
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
  private final Turn outside = new Turn();
  private long now;
  private long end;
  private long lastNumber;
  private @Nullable Throwable failure;

  @Override
  public Instant instant() {
    return START.plusNanos(now);
  }

  /** How long it has run, in nanoseconds. */
  public long nanos() {
    return now;
  }

  /** Something happens later. It may not wait for anything. */
  public void after(Duration time, Runnable action) {
    add(now + time.toNanos(), action, null);
  }

  private void add(long at, Runnable action, @Nullable Turn actor) {
    events.add(new Event(at, ++lastNumber, action, actor));
  }

  /** Blocking code begins, at this very time but in a turn of its own. */
  public void start(Runnable actor) {
    Turn own = new Turn();
    Runnable whole =
        () -> {
          own.take();
          try {
            actor.run();
          } catch (Throwable e) {
            failure = e;
          }
          passOn(null);
        };
    add(now, () -> Thread.ofVirtual().start(whole), own);
  }

  /** The actor that calls this waits. */
  public void pass(Duration time) {
    Turn own = new Turn();
    add(now + time.toNanos(), () -> {}, own);
    passOn(own);
  }

  /**
   * The actor that calls this waits until it is woken.
   *
   * @param sleeper takes what wakes it; to be called once, later
   */
  public void await(Consumer<Runnable> sleeper) {
    Turn own = new Turn();
    sleeper.accept(() -> add(now, () -> {}, own));
    passOn(own);
  }

  /** Does what is next until it is the turn of whoever calls this; with null it never is. */
  private void passOn(@Nullable Turn own) {
    while (true) {
      Turn next = next();
      if (next == null) {
        continue;
      }
      if (next != own) {
        next.give();
        if (own != null) {
          own.take();
        }
      }
      return;
    }
  }

  /** Does what is next; whose turn it is then, if anybody's. */
  private @Nullable Turn next() {
    Event next = events.peek();
    if (failure != null || next == null || next.at() > end) {
      return outside;
    }
    events.remove();
    now = next.at();
    try {
      next.action().run();
    } catch (Throwable e) {
      // Whose turn it is has no part in it.
      failure = e;
    }
    return next.actor();
  }

  /**
   * Lets time pass. Actors that are still waiting then go on when it passes again.
   *
   * @throws AssertionError if something failed
   */
  public void run(Duration time) {
    end = now + time.toNanos();
    passOn(outside);
    if (failure != null) {
      throw new AssertionError("an actor failed", failure);
    }
    now = end;
  }
}
