package io.roomlog.local.stream;

import io.roomlog.local.deployment.StreamMapping;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** A mapping over a scripted stream with a scripted function, under a clock that a test moves. */
abstract class MappingTest {
  static final Pace FAST =
      new Pace(
          Duration.ofMillis(1),
          Duration.ofMillis(1),
          new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)),
          Duration.ofSeconds(10));

  final ScriptedStream stream = new ScriptedStream();
  final ScriptedFunction function = new ScriptedFunction();
  final CheckpointStore checkpoints = new InMemoryCheckpoints();
  final List<String> givenUp = new CopyOnWriteArrayList<>();
  Destination destination = (queue, body) -> givenUp.add(queue + " " + body);
  final ManualClock clock = new ManualClock(Records.CREATED);
  private EventSourceMappings mappings = mappings(stream, FAST);

  final EventSourceMappings mappings(StreamSource source, Pace pace) {
    return new EventSourceMappings(
        source, function, destination, checkpoints, pace, clock, new Random(1));
  }

  final void start(StreamMapping mapping) {
    start(mapping, stream, FAST);
  }

  final void start(StreamMapping mapping, StreamSource source, Pace pace) {
    mappings = mappings(source, pace);
    mappings.start(Deployments.with(mapping), Map.of("MessagesTable", Records.STREAM));
  }

  @AfterEach
  final void stop() throws InterruptedException {
    mappings.stop();
  }

  final MappingStatus status() {
    return mappings.status().getFirst();
  }

  final void awaitNumbers(long... numbers) throws InterruptedException {
    var expected = Arrays.stream(numbers).boxed().toList();
    Eventually.await("records " + expected, () -> function.allNumbers().equals(expected));
  }

  final ShardProgress progress(String shard) {
    var kept = checkpoints.load("MessagesToFanOut", Records.STREAM).orElse(Map.of());
    return kept.getOrDefault(
        shard, new ShardProgress.ReadFrom(new StreamSource.Position.TrimHorizon()));
  }

  final void awaitHandled(String shard, long number) throws InterruptedException {
    var expected =
        new ShardProgress.ReadFrom(new StreamSource.Position.After(Records.number(number)));
    Eventually.await(
        "checkpoint of " + shard + " at " + number, () -> progress(shard).equals(expected));
  }

  static StreamRecord[] records(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(number -> Records.record(number, "item-" + number))
        .toArray(StreamRecord[]::new);
  }
}
