package io.roomlog.fanout;

import static io.roomlog.fanout.StreamRecords.event;
import static io.roomlog.fanout.StreamRecords.message;
import static io.roomlog.fanout.StreamRecords.voided;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.Slice;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.wire.Cut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomlogFramesTest {

  private static final RoomName LOBBY = new RoomName("lobby");

  private final ManualClock clock = new ManualClock();
  private final MemoryMembership rooms = new MemoryMembership();
  private final ScriptedPosts posts = new ScriptedPosts();
  private final ReadLog log = new ReadLog();
  private final FanOut fanOut = fanOut();

  /** A log that notes how its entries are read. */
  private static final class ReadLog extends MemoryLogStore {
    private final List<String> reads = new ArrayList<>();
    private boolean unavailable;

    @Override
    public synchronized Slice after(RoomName room, long after, int limit) {
      reads.add("after " + after + " limit " + limit);
      if (unavailable) {
        throw new StorageUnavailable("Query messages", "injected", new RuntimeException());
      }
      return super.after(room, after, limit);
    }
  }

  private FanOut fanOut() {
    Machine machine =
        new Machine(clock, new Random(1), clock::pass, Executors::newVirtualThreadPerTaskExecutor);
    return new FanOut(rooms, log, posts, 16, machine);
  }

  @BeforeEach
  void annIsPlainAndBobSpeaksRoomlog() {
    join("ann", Dialect.PLAIN);
    join("bob", Dialect.ROOMLOG);
  }

  private void join(String id, Dialect dialect) {
    Instant now = clock.instant();
    rooms.join(
        LOBBY, new Connection(id, dialect, id, id, now, now.plus(Connection.MEMBERSHIP_LIFE)));
  }

  private void push(DynamodbEvent event) {
    assertThat(fanOut.handleRequest(event, null).getBatchItemFailures()).isEmpty();
  }

  @Test
  void aBatchIsOneFrameWithEveryPositionAndForPlainConnectionsAFrameAMessage() {
    Instant now = clock.instant();
    push(
        event(
            message(1, "lobby", 3, now, "c"),
            voided(2, "lobby", 2, now),
            message(3, "lobby", 1, now, "a")));
    assertThat(posts.delivered("ann")).containsExactly("a", "c");
    assertThat(posts.delivered("bob"))
        .singleElement()
        .asString()
        .startsWith("{\"type\":\"messages\",\"room\":\"lobby\",\"from\":1,\"to\":3,\"messages\":[")
        .contains("{\"position\":2,\"type\":\"void\"}");
    assertThat(log.reads).isEmpty();
  }

  @Test
  void aVoidAloneIsPushedToWhoWouldMissItsPosition() {
    push(event(voided(1, "lobby", 7, clock.instant())));
    assertThat(posts.delivered("ann")).isEmpty();
    assertThat(posts.delivered("bob"))
        .containsExactly(
            "{\"type\":\"messages\",\"room\":\"lobby\",\"from\":7,\"to\":7,\"messages\":["
                + "{\"position\":7,\"type\":\"void\"}]}");
  }

  @Test
  void whatIsOlderThanAMinuteIsPushedToWhoKnowsItsPlace() {
    push(event(message(1, "lobby", 1, clock.instant().minusSeconds(3_600), "late")));
    assertThat(posts.delivered("ann")).isEmpty();
    assertThat(posts.delivered("bob")).hasSize(1);
  }

  @Test
  void whatABatchLacksInTheMiddleIsReadWithOneQueryAndPushedToRoomlogOnly() {
    Instant now = clock.instant();
    store(2, "b");
    store(5, "later");
    push(event(message(1, "lobby", 1, now, "a"), message(2, "lobby", 4, now, "d")));
    assertThat(log.reads).containsExactly("after 1 limit 2");
    assertThat(posts.delivered("bob"))
        .singleElement()
        .asString()
        .contains("\"from\":1,\"to\":4", "\"position\":1", "\"position\":2", "\"position\":4")
        .doesNotContain("\"position\":3", "\"position\":5");
    // In its own batch it comes to plain connections, and must not come twice.
    assertThat(posts.delivered("ann")).containsExactly("a", "d");
  }

  @Test
  void aGapThatCannotBeReadHoldsNothingUp() {
    log.unavailable = true;
    Instant now = clock.instant();
    push(event(message(1, "lobby", 1, now, "a"), message(2, "lobby", 3, now, "c")));
    assertThat(posts.delivered("bob")).singleElement().asString().contains("\"from\":1,\"to\":3");
  }

  @Test
  void aGapWiderThanAQueryIsLeftToTheClients() {
    Instant now = clock.instant();
    push(
        event(
            message(1, "lobby", 1, now, "a"),
            message(2, "lobby", 2 + Gaps.SPAN_MAX, now, "far away")));
    assertThat(log.reads).isEmpty();
    push(
        event(
            message(3, "lobby", 10_001, now, "a"),
            message(4, "lobby", 10_001 + Gaps.SPAN_MAX, now, "just so far")));
    assertThat(log.reads).containsExactly("after 10001 limit " + (Gaps.SPAN_MAX - 1));
  }

  @Test
  void whereEverybodyIsPlainNothingIsRead() {
    rooms.leave(LOBBY, "bob");
    Instant now = clock.instant();
    push(event(message(1, "lobby", 1, now, "a"), message(2, "lobby", 3, now, "c")));
    assertThat(log.reads).isEmpty();
  }

  @Test
  void aBatchThatFillsMoreThanAFrameComesInAsManyAsItNeeds() {
    Instant now = clock.instant();
    String long20k = "x".repeat(20_000);
    push(
        event(
            message(1, "lobby", 1, now, long20k),
            message(2, "lobby", 2, now, long20k),
            message(3, "lobby", 3, now, "short")));
    assertThat(posts.delivered("bob"))
        .hasSize(2)
        .allSatisfy(frame -> assertThat(frame.length()).isLessThanOrEqualTo(Cut.FRAME_BYTES_MAX));
    assertThat(posts.delivered("bob").getLast()).contains("\"from\":2,\"to\":3");
  }

  private void store(long position, String text) {
    Entry.Message message =
        new Entry.Message(position, clock.instant(), "n", null, "eve", "Eve", "\"" + text + "\"");
    assertThat(log.put(LOBBY, message, Retention.forever())).isEqualTo(new LogStore.Put.Written());
  }

  @Test
  void whatWasErasedBeforeItWasPushedFillsItsPositionAndIsNothingToPlainConnections() {
    Instant now = clock.instant();
    log.put(LOBBY, new Entry.Deleted(2, now, "n2"), Retention.forever());
    push(event(message(1, "lobby", 1, now, "a"), message(2, "lobby", 3, now, "c")));
    assertThat(posts.delivered("ann")).containsExactly("a", "c");
    assertThat(posts.delivered("bob"))
        .singleElement()
        .asString()
        .contains("{\"position\":2,\"type\":\"deleted\",\"at\":%d}".formatted(now.toEpochMilli()));
  }
}
