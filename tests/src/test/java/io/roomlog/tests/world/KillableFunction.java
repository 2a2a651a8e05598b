package io.roomlog.tests.world;

import io.roomlog.local.functions.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Kills the fan-out's first invocation at a moment that the test names, and holds the next back
 * until the test has looked at what the first one left. Where functions have processes of their
 * own, it is the process that is killed.
 */
public final class KillableFunction {

  /** The fan-out's logical id in the template. */
  public static final String FUNCTION = "FanOutFunction";

  /** The error that an invocation ends with that was killed. */
  public static final String EXIT = Mortal.EXIT;

  private final CompletableFuture<Mortal> victim = new CompletableFuture<>();
  private final CompletableFuture<Functions.Outcome> death = new CompletableFuture<>();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<Functions.Outcome> outcomes = new ArrayList<>();

  /** Says which world it is killed in; must come before its first invocation. */
  public void in(World world) {
    victim.complete(
        switch (World.mode()) {
          case IN_PROCESS -> new MortalThread(world.environment(FUNCTION));
          case PROCESS -> new MortalProcess(world.run(), FUNCTION);
        });
  }

  /** Stands between whoever invokes functions and the functions. */
  public Functions around(Functions functions) {
    return (name, event) ->
        name.equals(FUNCTION) ? invoke(functions, event) : functions.invoke(name, event);
  }

  private Functions.Outcome invoke(Functions functions, String event) throws InterruptedException {
    if (!death.isDone()) {
      Functions.Outcome outcome = victim().serve(functions, event);
      death.complete(outcome);
      return outcome;
    }
    goOn.await();
    Functions.Outcome outcome = functions.invoke(FUNCTION, event);
    synchronized (outcomes) {
      outcomes.add(outcome);
    }
    return outcome;
  }

  private Mortal victim() {
    if (!victim.isDone()) {
      throw new IllegalStateException("nobody said which world it is in");
    }
    return victim.join();
  }

  /** Now. */
  public void kill() {
    victim().kill();
  }

  /** Whether the first invocation has ended, killed or not. */
  public boolean ended() {
    return death.isDone();
  }

  /** What the first invocation ended with: a failure of type {@link #EXIT} if it was killed. */
  public Functions.Outcome death() {
    return death.join();
  }

  /** Lets it be invoked again. */
  public void goOn() {
    goOn.countDown();
  }

  /** What came of the invocations after the one that was killed. */
  public List<Functions.Outcome> outcomes() {
    synchronized (outcomes) {
      return List.copyOf(outcomes);
    }
  }
}
