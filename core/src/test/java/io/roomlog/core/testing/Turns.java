package io.roomlog.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Lets several actors take turns, one at a time, in an order that a seed decides. An actor gives
 * its turn away wherever it calls {@link #next}, so a failure is repeated by its seed.
 */
public final class Turns {

  private static final long TURN_SECONDS_MAX = 20;

  private final RandomGenerator random;
  private final Map<Thread, Semaphore> waiting = new ConcurrentHashMap<>();
  private final Semaphore over = new Semaphore(0);

  /** Turns in an order drawn from there. */
  public Turns(RandomGenerator random) {
    this.random = random;
  }

  /** Gives the turn away and waits for the next; nothing for a thread that is no actor. */
  public void next() {
    Semaphore turn = waiting.get(Thread.currentThread());
    if (turn != null) {
      over.release();
      turn.acquireUninterruptibly();
    }
  }

  /**
   * Runs actors to their ends.
   *
   * @throws ExecutionException if one of them threw
   */
  public void run(List<Callable<?>> callables) throws ExecutionException, InterruptedException {
    List<Actor> actors = callables.stream().map(this::actor).toList();
    List<Actor> alive = new ArrayList<>(actors);
    while (!alive.isEmpty()) {
      Actor next = alive.get(random.nextInt(alive.size()));
      next.turn().release();
      assertThat(over.tryAcquire(TURN_SECONDS_MAX, TimeUnit.SECONDS)).as("a turn ends").isTrue();
      if (next.task().isDone()) {
        alive.remove(next);
      }
    }
    for (Actor actor : actors) {
      actor.task().get();
    }
  }

  private record Actor(FutureTask<?> task, Semaphore turn) {}

  private Actor actor(Callable<?> callable) {
    Actor actor = new Actor(new FutureTask<>(callable), new Semaphore(0));
    Thread thread =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  actor.turn().acquireUninterruptibly();
                  actor.task().run();
                  over.release();
                });
    waiting.put(thread, actor.turn());
    thread.start();
    return actor;
  }
}
