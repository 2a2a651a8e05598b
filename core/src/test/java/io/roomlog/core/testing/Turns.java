package io.roomlog.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs actors one step at a time in an order that a seed decides: each runs until it takes a turn,
 * then another goes on. Whatever can happen between two calls of a process can happen here, and the
 * same seed makes it happen again.
 */
public final class Turns {

  /** Steps of one run at most; a run that takes more hangs. */
  private static final int STEPS_MAX = 1_000_000;

  /** What an actor does. */
  public interface Body {
    /** Does it. */
    void run() throws Exception;
  }

  private static final class Actor {
    private final Semaphore go = new Semaphore(0);
    private volatile boolean done;
    private volatile boolean resting = true;
    private volatile @Nullable Throwable failure;
  }

  private final RandomGenerator random;
  private final Semaphore stopped = new Semaphore(0);
  private final List<Actor> actors = new ArrayList<>();
  private volatile @Nullable Actor running;
  private @Nullable Runnable afterwards;

  /** Turns in the order that a source of random numbers decides. */
  public Turns(RandomGenerator random) {
    this.random = random;
  }

  /** Adds an actor, which waits for its first turn. */
  public void add(Body body) {
    Actor actor = new Actor();
    actors.add(actor);
    Thread.startVirtualThread(
        () -> {
          try {
            actor.go.acquire();
            actor.resting = false;
            body.run();
          } catch (FaultyLogStore.Crashed died) {
            // That is how this actor ends.
          } catch (Throwable e) {
            actor.failure = e;
          } finally {
            actor.done = true;
            stopped.release();
          }
        });
  }

  /** Lets others go on. Called by an actor; does nothing outside of a run. */
  public void take() {
    Actor actor = running;
    if (actor != null) {
      stopped.release();
      actor.go.acquireUninterruptibly();
    }
  }

  /** As {@link #take}, at a point where the actor is in the middle of nothing. */
  public void rest() {
    Actor actor = running;
    if (actor != null) {
      actor.resting = true;
      take();
      actor.resting = false;
    }
  }

  /** Runs something as soon as every actor rests; until then only those go on that do not. */
  public void whenAllRest(Runnable then) {
    afterwards = then;
  }

  private Actor next() {
    if (afterwards != null && actors.stream().allMatch(actor -> actor.resting)) {
      Runnable then = afterwards;
      afterwards = null;
      then.run();
    }
    List<Actor> candidates =
        afterwards == null ? actors : actors.stream().filter(actor -> !actor.resting).toList();
    return candidates.get(random.nextInt(candidates.size()));
  }

  /**
   * Runs all actors to their end.
   *
   * @param between runs between any two steps
   * @throws AssertionError with what an actor threw
   */
  public void run(Runnable between) throws InterruptedException {
    // Between virtual threads a turn is passed on without the operating system.
    FutureTask<Void> loop =
        new FutureTask<>(
            () -> {
              loop(between);
              return null;
            });
    Thread.startVirtualThread(loop);
    try {
      loop.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private void loop(Runnable between) throws InterruptedException {
    for (int steps = 0; !actors.isEmpty(); steps++) {
      if (steps == STEPS_MAX) {
        throw new AssertionError("no end after " + STEPS_MAX + " steps");
      }
      Actor next = next();
      running = next;
      next.go.release();
      stopped.acquire();
      running = null;
      Throwable failure = next.failure;
      if (failure != null) {
        throw new AssertionError(failure);
      }
      if (next.done) {
        actors.remove(next);
      }
      between.run();
    }
  }
}
