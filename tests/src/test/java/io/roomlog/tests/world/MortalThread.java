package io.roomlog.tests.world;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.roomlog.fanout.FanOut;
import io.roomlog.local.functions.Functions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A fan-out of its own on a thread of its own: as near to a killed environment as one comes in the
 * test's process, which would not survive a real one.
 */
final class MortalThread implements Mortal {

  private final Map<String, String> environment;
  private volatile @Nullable Thread running;

  MortalThread(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Functions.Outcome serve(Functions functions, String event) throws InterruptedException {
    FanOut fanOut = new FanOut(environment);
    DynamodbEvent records =
        LambdaEventSerializers.serializerFor(
                DynamodbEvent.class, MortalThread.class.getClassLoader())
            .fromJson(event);
    CompletableFuture<Functions.Outcome> end = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().start(() -> end.complete(outcome(fanOut, records)));
    running = thread;
    thread.join();
    return end.join();
  }

  private static Functions.Outcome outcome(FanOut fanOut, DynamodbEvent records) {
    try {
      return new Functions.Outcome.Returned(String.valueOf(fanOut.handleRequest(records, null)));
    } catch (RuntimeException e) {
      String type = e.getCause() instanceof InterruptedException ? EXIT : e.getClass().getName();
      return new Functions.Outcome.Failed(type, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void kill() {
    Thread thread = running;
    if (thread == null) {
      throw new IllegalStateException("it has not been invoked yet");
    }
    thread.interrupt();
  }
}
