package io.roomlog.tests.world;

import io.roomlog.local.functions.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Kills one invocation of a function at a moment that the test names, and holds the next back until
 * the test has looked at what the first one left.
 */
public final class KillableFunction {

  private final String function;
  private final CountDownLatch moment = new CountDownLatch(1);
  private final CompletableFuture<Void> killed = new CompletableFuture<>();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<Functions.Outcome> outcomes = new ArrayList<>();

  /** For the function of that logical id. */
  public KillableFunction(String function) {
    this.function = function;
  }

  /** Stands between whoever invokes functions and the functions. */
  public Functions around(Functions functions) {
    return (name, event) ->
        name.equals(function) ? invoke(functions, event) : functions.invoke(name, event);
  }

  private Functions.Outcome invoke(Functions functions, String event) throws InterruptedException {
    if (!killed.isDone()) {
      return killAtMoment(functions, event);
    }
    goOn.await();
    Functions.Outcome outcome = functions.invoke(function, event);
    synchronized (outcomes) {
      outcomes.add(outcome);
    }
    return outcome;
  }

  private Functions.Outcome killAtMoment(Functions functions, String event)
      throws InterruptedException {
    Thread running =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    functions.invoke(function, event);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    moment.await();
    running.interrupt();
    running.join();
    killed.complete(null);
    return new Functions.Outcome.Failed("Runtime.ExitError", "killed by the test");
  }

  /** Now. */
  public void kill() {
    moment.countDown();
  }

  /** Whether the invocation was killed. */
  public boolean killed() {
    return killed.isDone();
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
