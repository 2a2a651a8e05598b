package io.roomlog.bench.posts;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.Retention;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.memory.MemoryPushCursor;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.fanout.Crowd;
import io.roomlog.fanout.CrowdSettings;
import io.roomlog.fanout.Machine;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.RangeJson;
import io.roomlog.fanout.crowd.RangeRetries;
import io.roomlog.fanout.posts.Frame;
import io.roomlog.fanout.posts.Posts;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The crowd function as a whole, all but its tables: one message after the other is pushed to a
 * large room, with everything that the function does around a post.
 */
final class CrowdLoop implements Load {

  private static final RoomName ROOM = new RoomName("stadium");
  private static final int CONNECTIONS = 10_000;
  private static final int BIG_ROOM = 1_000;

  /** Far above what can be reached, so that it is not the limiter that is measured. */
  private static final int ACCOUNT_PER_SECOND = 1_000_000;

  private final MemoryLogStore log = new MemoryLogStore();
  private final MemoryMembership members = new MemoryMembership();
  private final Posted posted = new Posted();
  private final Crowd crowd;
  private final String data;
  private long position;
  private volatile boolean running;
  private @Nullable Thread pushing;

  /**
   * A room whose messages have so many bytes.
   *
   * @param posts to connections that are all there
   */
  CrowdLoop(Posts posts, int bytes) {
    this.data = '"' + "x".repeat(bytes) + '"';
    this.crowd =
        new Crowd(
            members,
            log,
            new MemoryPushCursor(),
            new Counted(posts, posted),
            new CrowdSettings(CrowdSettings.CONCURRENCY, BIG_ROOM, ACCOUNT_PER_SECOND),
            RangeRetries.none(),
            Machine.real(new SecureRandom(), Metrics.none()));
    Instant now = Instant.now();
    for (int i = 0; i < CONNECTIONS; i++) {
      members.join(
          ROOM,
          new Connection(
              "connection-" + i, Dialect.ROOMLOG, "s", "n", now, now.plus(Duration.ofHours(2))));
    }
  }

  private record Counted(Posts posts, io.roomlog.bench.posts.Posted into) implements Posts {

    @Override
    public Posts.Posted post(String connectionId, Frame frame) {
      Posts.Posted result = posts.post(connectionId, frame);
      if (result instanceof Posts.Posted.Delivered) {
        into.delivered();
      } else {
        into.failed(result);
      }
      return result;
    }

    @Override
    public Existence find(String connectionId) {
      return posts.find(connectionId);
    }
  }

  @Override
  public void start() {
    running = true;
    posted.begin();
    pushing = Thread.ofPlatform().start(this::push);
  }

  private void push() {
    while (running) {
      position++;
      log.put(
          ROOM,
          new Entry.Message(position, Instant.now(), "nonce", null, "s", "n", data),
          Retention.forever());
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId(Long.toString(position));
      message.setBody(RangeJson.write(new Range(ROOM, position, position, Set.of())));
      message.setAttributes(Map.of("MessageGroupId", ROOM.value()));
      SQSEvent event = new SQSEvent();
      event.setRecords(List.of(message));
      if (!crowd.handleRequest(event, null).getBatchItemFailures().isEmpty()) {
        posted.failed("the range of position " + position);
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    try {
      Objects.requireNonNull(pushing, "it was not started").join();
      posted.end();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Posted posted() {
    return posted;
  }
}
