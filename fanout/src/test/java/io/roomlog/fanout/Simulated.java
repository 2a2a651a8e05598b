package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.AccountBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One environment of the fan-out in virtual time, with rooms and a gateway of its own. */
final class Simulated {

  final VirtualTime time = new VirtualTime();
  final Crowds rooms;
  final TimedPosts posts;
  private final FanOut fanOut;

  Simulated(AccountBucket bucket, int concurrency, long seed) {
    this(bucket, concurrency, Duration.ofMillis(5), seed);
  }

  /** With tables that take that long to tell who is in a room. */
  Simulated(AccountBucket bucket, int concurrency, Duration readTime, long seed) {
    rooms = new Crowds(time, readTime);
    posts = new TimedPosts(time, bucket, seed);
    Machine machine = new Machine(time, new Random(seed), time, time::threads);
    fanOut =
        new FanOut(
            rooms,
            Audience.everybody(rooms),
            new MemoryLogStore(),
            posts,
            concurrency,
            // Told of a rate that is never the bound: it has to be found.
            Courtesy.polite(1_000_000),
            machine);
  }

  /** An account whose limit nothing here reaches. */
  static AccountBucket noLimit() {
    return new AccountBucket(1e9, 1e9);
  }

  /** A room of so many members, who are named after it and their number. */
  Simulated room(String name, int members, Dialect dialect) {
    rooms.room(name, members, dialect);
    return this;
  }

  /** Pushes records; the sequence numbers that are to come again. */
  List<String> push(DynamodbEvent event, @Nullable Context context) {
    return fanOut.handleRequest(event, context).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  /** Pushes one message to a room. */
  List<String> push(String room, long position) {
    var record = StreamRecords.message(position, room, position, time.instant(), "hello");
    return push(StreamRecords.event(record), null);
  }

  /** When the last of these got its message; it is an error if one got none. */
  Instant lastDelivered(List<String> connectionIds) {
    return connectionIds.stream().map(posts::deliveredAt).max(Instant::compareTo).orElseThrow();
  }
}
