package io.roomlog.tests.simulation;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.roomlog.fanout.FanOut;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The fan-out: one environment for each shard, and a fresh one after it has died. */
final class FanOuts implements Stream.FanOutFunction {

  /** A function in its environment. */
  record Running(Environment environment, FanOut function) {}

  private final Supplier<Running> start;
  private final Map<String, Running> running = new HashMap<>();

  FanOuts(Supplier<Running> start) {
    this.start = start;
  }

  @Override
  public StreamsEventResponse handle(String shard, DynamodbEvent batch) {
    Running one = running.computeIfAbsent(shard, _ -> start.get());
    try {
      StreamsEventResponse response = one.function().handleRequest(batch, null);
      // What a dead environment still answers, nobody hears.
      one.environment().point("batch done");
      return response;
    } finally {
      if (one.environment().isDead()) {
        running.remove(shard);
      }
    }
  }
}
