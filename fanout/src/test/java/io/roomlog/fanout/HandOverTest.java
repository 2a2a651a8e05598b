package io.roomlog.fanout;

import static io.roomlog.fanout.StreamRecords.event;
import static io.roomlog.fanout.StreamRecords.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Member;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandOverTest {

  private static final int CONNECTIONS_MAX = 3;
  private static final RoomName STADIUM = new RoomName("stadium");
  private static final RoomName LOBBY = new RoomName("lobby");

  private final ManualClock clock = new ManualClock();
  private final Rooms rooms = new Rooms();
  private final ScriptedPosts posts = new ScriptedPosts();
  private final ScriptedQueue queue = new ScriptedQueue();
  private final FanOut fanOut = fanOut();

  /** Memberships that count how often somebody counts them. */
  private static final class Rooms extends MemoryMembership {
    private final AtomicInteger counts = new AtomicInteger();

    @Override
    public synchronized Optional<List<Member>> membersUpTo(int most, RoomName room, Instant now) {
      counts.incrementAndGet();
      return super.membersUpTo(most, room, now);
    }
  }

  private FanOut fanOut() {
    Machine machine =
        new Machine(clock, new Random(1), clock::pass, Executors::newVirtualThreadPerTaskExecutor);
    HandOver handOver = new HandOver(CONNECTIONS_MAX, rooms, queue);
    return new FanOut(rooms, handOver, new MemoryLogStore(), posts, 16, machine);
  }

  @BeforeEach
  void aStadiumAndALobby() {
    join(LOBBY, "ann");
    for (int i = 0; i <= CONNECTIONS_MAX; i++) {
      join(STADIUM, "fan" + i);
    }
  }

  private void join(RoomName room, String id) {
    Instant now = clock.instant();
    rooms.join(
        room, new Connection(id, Dialect.PLAIN, id, id, now, now.plus(Connection.MEMBERSHIP_LIFE)));
  }

  private List<String> push(DynamodbEvent event) {
    return fanOut.handleRequest(event, null).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  @Test
  void aRoomOfAsManyAsTheLimitIsPushedToAndOneOfMoreIsHandedOver() {
    rooms.leave(STADIUM, "fan0");
    Instant now = clock.instant();
    assertThat(push(event(message(1, "stadium", 1, now, "a")))).isEmpty();
    assertThat(posts.delivered("fan1")).containsExactly("a");
    assertThat(queue.waiting()).isEmpty();

    join(STADIUM, "fan0");
    assertThat(push(event(message(2, "stadium", 2, now, "b")))).isEmpty();
    assertThat(posts.delivered("fan1")).containsExactly("a");
    assertThat(queue.waiting())
        .containsExactly("{\"v\":1,\"room\":\"stadium\",\"from\":2,\"to\":2}");
  }

  @Test
  void smallRoomsOfTheSameBatchGetTheirsAtOnce() {
    Instant now = clock.instant();
    assertThat(
            push(event(message(1, "stadium", 1, now, "big"), message(2, "lobby", 1, now, "small"))))
        .isEmpty();
    assertThat(posts.delivered("ann")).containsExactly("small");
    assertThat(posts.delivered("fan1")).isEmpty();
  }

  @Test
  void aHandedOverBatchSaysWhatItLacks() {
    Instant now = clock.instant();
    push(event(message(1, "stadium", 4, now, "d"), message(2, "stadium", 2, now, "b")));
    assertThat(queue.waiting())
        .containsExactly("{\"v\":1,\"room\":\"stadium\",\"from\":2,\"to\":4,\"without\":[3]}");
  }

  @Test
  void aHandOverWithoutAnAnswerIsReportedAndNotDoubledWhenItComesAgain() {
    queue.loseTheNextAnswer();
    DynamodbEvent event = event(message(7, "stadium", 1, clock.instant(), "a"));
    assertThat(push(event)).containsExactly("7");
    assertThat(push(event)).isEmpty();
    assertThat(queue.waiting()).hasSize(1);
  }

  @Test
  void aHandedOverRecordThatComesAgainForAnotherRoomsSakeIsNotHandedOverAgain() {
    DynamodbEvent event = event(message(7, "stadium", 1, clock.instant(), "a"));
    push(event);
    queue.handled(queue.batch(), List.of());
    assertThat(push(event)).isEmpty();
    assertThat(queue.waiting()).isEmpty();
  }

  @Test
  void aBigRoomIsCountedOnceAMinute() {
    push(event(message(1, "stadium", 1, clock.instant(), "a")));
    int counted = rooms.counts.get();
    clock.pass(BigRooms.REMEMBERED.minusMillis(1));
    rooms.leaveAll("fan0");
    push(event(message(2, "stadium", 2, clock.instant(), "b")));
    assertThat(rooms.counts).hasValue(counted);
    assertThat(queue.waiting()).hasSize(2);

    clock.pass(Duration.ofMillis(1));
    push(event(message(3, "stadium", 3, clock.instant(), "c")));
    assertThat(rooms.counts).hasValue(counted + 1);
    assertThat(queue.waiting()).hasSize(2);
    assertThat(posts.delivered("fan1")).containsExactly("c");
  }

  @Test
  void onlySoManyBigRoomsAreRemembered() {
    BigRooms big = new BigRooms();
    Instant now = clock.instant();
    for (int i = 0; i <= BigRooms.REMEMBERED_MAX; i++) {
      big.note(new RoomName("room" + i), now);
    }
    assertThat(big.remembers(new RoomName("room0"), now)).isFalse();
    assertThat(big.remembers(new RoomName("room1"), now)).isTrue();
  }
}
