package io.roomlog.bench.time;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.roomlog.bench.StreamRecords;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.testing.VirtualTime;
import io.roomlog.fanout.FanOut;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One shard of the stream and the function behind it, in virtual time. The shard is polled at even
 * intervals; while the function runs it is not, and if that took longer than an interval the next
 * poll follows at once. What was reported comes again.
 */
final class StreamShard {

  /** Records of one batch, as the template has it. */
  static final int BATCH_MAX = 1_000;

  private static final Deadline MINUTE = new Deadline(60_000);

  private final VirtualTime time;
  private final Latencies latencies;
  private final Deque<DynamodbStreamRecord> waiting = new ArrayDeque<>();
  private long lastPoll;
  private long lastNumber;
  private @Nullable Runnable wake;

  StreamShard(VirtualTime time, Latencies latencies) {
    this.time = time;
    this.latencies = latencies;
  }

  /** A message was stored. */
  void add(RoomName room, Entry.Message message) {
    waiting.add(StreamRecords.message(++lastNumber, room, message));
    if (wake != null) {
      wake.run();
      wake = null;
    }
  }

  /** Polls for ever. */
  void poll(FanOut function) {
    long interval = Latencies.millis(latencies.poll()).toNanos();
    while (true) {
      if (waiting.isEmpty()) {
        time.await(sleeper -> wake = sleeper);
        // Nobody noticed the polls that found nothing.
        lastPoll += (time.nanos() - lastPoll) / interval * interval;
      }
      time.pass(Duration.ofNanos(Math.max(0, lastPoll + interval - time.nanos())));
      lastPoll = time.nanos();
      List<DynamodbStreamRecord> batch = new ArrayList<>();
      while (batch.size() < BATCH_MAX && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      time.pass(Latencies.millis(latencies.stream() + latencies.invoke()));
      comeAgain(batch, function.handleRequest(StreamRecords.event(batch), MINUTE));
    }
  }

  private void comeAgain(List<DynamodbStreamRecord> batch, StreamsEventResponse response) {
    Set<String> failed = new HashSet<>();
    response.getBatchItemFailures().forEach(failure -> failed.add(failure.getItemIdentifier()));
    if (failed.isEmpty()) {
      return;
    }
    // As Lambda does: everything from the first one on.
    boolean again = false;
    List<DynamodbStreamRecord> rest = new ArrayList<>();
    for (DynamodbStreamRecord record : batch) {
      again |= failed.contains(record.getDynamodb().getSequenceNumber());
      if (again) {
        rest.add(record);
      }
    }
    rest.reversed().forEach(waiting::addFirst);
  }
}
