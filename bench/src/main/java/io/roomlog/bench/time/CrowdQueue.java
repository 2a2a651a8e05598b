package io.roomlog.bench.time;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.roomlog.bench.Ranges;
import io.roomlog.core.testing.VirtualTime;
import io.roomlog.fanout.Crowd;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.RangeQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The queue of big rooms and the function behind it, in virtual time: an invocation at a time for
 * each room, each room with an environment of its own.
 */
final class CrowdQueue implements RangeQueue {

  private static final Deadline FIVE_MINUTES = new Deadline(300_000);

  /** When a message that was not handled is seen again, as the template has it. */
  private static final Duration VISIBILITY = Duration.ofMinutes(6);

  private final VirtualTime time;
  private final Latencies latencies;
  private final RandomGenerator random;
  private final Supplier<Crowd> environments;
  private final Map<String, List<SQSMessage>> groups = new HashMap<>();
  private final Map<String, Crowd> running = new HashMap<>();
  private final Set<String> busy = new HashSet<>();
  private final Set<String> known = new HashSet<>();
  private long lastNumber;
  private int most;

  CrowdQueue(
      VirtualTime time, Latencies latencies, RandomGenerator random, Supplier<Crowd> environments) {
    this.time = time;
    this.latencies = latencies;
    this.random = random;
    this.environments = environments;
  }

  @Override
  public void put(List<Range> ranges, String identity) {
    time.pass(latencies.ofCall(random));
    for (Range range : ranges) {
      if (known.add(range + identity)) {
        add(range);
      }
    }
  }

  /** The most ranges of one room that waited at once. */
  int mostWaiting() {
    return most;
  }

  private void add(Range range) {
    String room = range.room().value();
    List<SQSMessage> group = groups.computeIfAbsent(room, _ -> new ArrayList<>());
    group.add(Ranges.message(++lastNumber, range));
    most = Math.max(most, group.size());
    if (busy.add(room)) {
      time.start(() -> push(room, group));
    }
  }

  private void push(String room, List<SQSMessage> group) {
    Crowd function = running.computeIfAbsent(room, _ -> environments.get());
    while (!group.isEmpty()) {
      time.pass(Latencies.millis(latencies.queue() + latencies.invoke()));
      List<SQSMessage> batch =
          List.copyOf(group.subList(0, Math.min(Ranges.BATCH_MAX, group.size())));
      Set<String> failed = new HashSet<>();
      function
          .handleRequest(Ranges.event(batch), FIVE_MINUTES)
          .getBatchItemFailures()
          .forEach(failure -> failed.add(failure.getItemIdentifier()));
      group.removeIf(
          message -> batch.contains(message) && !failed.contains(message.getMessageId()));
      if (!failed.isEmpty()) {
        time.pass(VISIBILITY);
      }
    }
    busy.remove(room);
  }
}
