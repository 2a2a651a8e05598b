package io.roomlog.tests.world;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.roomlog.fanout.FanOut;
import io.roomlog.local.functions.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Kills the fan-out's first invocation at a moment that the test names, and holds the next back
 * until the test has looked at what the first one left. What is killed is an environment of its
 * own, on a thread of its own, which is gone when {@link #killed} says so.
 */
public final class KillableFunction {

  private static final String FUNCTION = "FanOutFunction";

  private final CountDownLatch moment = new CountDownLatch(1);
  private final CompletableFuture<Throwable> death = new CompletableFuture<>();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<Functions.Outcome> outcomes = new ArrayList<>();
  private @Nullable Supplier<Map<String, String>> environment;

  /** Says what the fan-out's environment has; must come before its first invocation. */
  public synchronized void environment(Supplier<Map<String, String>> newEnvironment) {
    environment = newEnvironment;
  }

  /** Stands between whoever invokes functions and the functions. */
  public Functions around(Functions functions) {
    return (name, event) ->
        name.equals(FUNCTION) ? invoke(functions, event) : functions.invoke(name, event);
  }

  private Functions.Outcome invoke(Functions functions, String event) throws InterruptedException {
    if (!death.isDone()) {
      return killAtMoment(event);
    }
    goOn.await();
    Functions.Outcome outcome = functions.invoke(FUNCTION, event);
    synchronized (outcomes) {
      outcomes.add(outcome);
    }
    return outcome;
  }

  private Functions.Outcome killAtMoment(String event) throws InterruptedException {
    FanOut fanOut = new FanOut(environment());
    DynamodbEvent records =
        LambdaEventSerializers.serializerFor(
                DynamodbEvent.class, KillableFunction.class.getClassLoader())
            .fromJson(event);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread running =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    fanOut.handleRequest(records, null);
                    end.complete(new AssertionError("it was done before it was killed"));
                  } catch (RuntimeException e) {
                    end.complete(e);
                  }
                });
    moment.await();
    running.interrupt();
    running.join();
    death.complete(end.join());
    return new Functions.Outcome.Failed("Runtime.ExitError", "killed by the test");
  }

  private synchronized Map<String, String> environment() {
    if (environment == null) {
      throw new IllegalStateException("the environment was not given");
    }
    return environment.get();
  }

  /** Now. */
  public void kill() {
    moment.countDown();
  }

  /** Whether the first invocation has ended. */
  public boolean killed() {
    return death.isDone();
  }

  /** What the first invocation ended with. */
  public Throwable death() {
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
