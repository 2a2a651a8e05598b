package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Retention;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.memory.MemoryPushCursor;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.RangeRetries;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a push reads beyond its ranges, and what is then taken to be done. */
@Timeout(60)
class CrowdAheadTest {

  private static final RoomName STADIUM = new RoomName("stadium");

  private final ManualClock clock = new ManualClock();
  private final MemoryMembership rooms = new MemoryMembership();
  private final FailingLog log = new FailingLog();
  private final ScriptedPosts posts = new ScriptedPosts();
  private final ScriptedQueue queue = new ScriptedQueue();
  private final Machine machine =
      new Machine(clock, new Random(1), clock::pass, Executors::newVirtualThreadPerTaskExecutor);
  private final Crowd crowd =
      new Crowd(
          rooms,
          log,
          new MemoryPushCursor(),
          posts,
          new CrowdSettings(16, 1, 10_000),
          RangeRetries.none(),
          machine);

  @BeforeEach
  void annIsPlainAndBobSpeaksRoomlog() {
    join(STADIUM, "ann", Dialect.PLAIN);
    join(STADIUM, "bob", Dialect.ROOMLOG);
  }

  private void join(RoomName room, String id, Dialect dialect) {
    Instant now = clock.instant();
    rooms.join(
        room, new Connection(id, dialect, id, id, now, now.plus(Connection.MEMBERSHIP_LIFE)));
  }

  private void store(RoomName room, int first, int last) {
    for (int position = first; position <= last; position++) {
      Entry.Message message =
          new Entry.Message(
              position, clock.instant(), "n", null, "eve", "Eve", "\"t" + position + "\"");
      assertThat(log.put(room, message, Retention.forever())).isEqualTo(new LogStore.Put.Written());
    }
  }

  private void ask(RoomName room, long from, long to) {
    queue.put(List.of(new Range(room, from, to, Set.of())), "test");
  }

  private List<String> push() {
    return queue.invoke(crowd, null);
  }

  @Test
  void whatGatheredBehindARangeIsPushedWithItAndItsRangesAreDoneAtOnce() {
    store(STADIUM, 1, 30);
    ask(STADIUM, 1, 10);
    assertThat(push()).isEmpty();
    assertThat(posts.delivered("ann")).hasSize(30);
    assertThat(posts.delivered("bob")).singleElement().asString().contains("\"from\":1,\"to\":30");
    for (int from = 11; from <= 30; from += 5) {
      ask(STADIUM, from, from + 4);
    }
    assertThat(push()).isEmpty();
    assertThat(posts.delivered("ann")).hasSize(30);
    assertThat(posts.delivered("bob")).hasSize(1);
  }

  @Test
  void whatIsBehindAGapWaitsForItsRange() {
    store(STADIUM, 1, 4);
    store(STADIUM, 6, 7);
    ask(STADIUM, 1, 2);
    push();
    assertThat(posts.delivered("ann")).containsExactly("t1", "t2", "t3", "t4");
    store(STADIUM, 5, 5);
    ask(STADIUM, 6, 7);
    ask(STADIUM, 5, 5);
    ask(STADIUM, 3, 4);
    push();
    assertThat(posts.delivered("ann"))
        .containsExactlyInAnyOrder("t1", "t2", "t3", "t4", "t5", "t6", "t7");
  }

  @Test
  void whatAnOperatorWantsAgainIsPushedAgainAndNothingBeyondIt() {
    store(STADIUM, 1, 5);
    ask(STADIUM, 1, 1);
    push();
    queue.put(Range.all(STADIUM, 2, 3), "operator");
    store(STADIUM, 6, 8);
    push();
    assertThat(posts.delivered("ann")).containsExactly("t1", "t2", "t3", "t4", "t5", "t2", "t3");
  }

  @Test
  void ofARoomThatTheStreamsFunctionPushesToNothingIsReadAhead() {
    rooms.leaveAll("bob");
    store(STADIUM, 1, 5);
    ask(STADIUM, 1, 2);
    push();
    assertThat(posts.delivered("ann")).containsExactly("t1", "t2");
    ask(STADIUM, 3, 5);
    push();
    assertThat(posts.delivered("ann")).hasSize(5);
  }

  /** Who joins between the two readings of a push must be found by the second of them. */
  @Test
  void whoJoinsWhileTheLogIsReadGetsWhatWasReadAhead() {
    store(STADIUM, 1, 2);
    ask(STADIUM, 1, 2);
    log.onRead =
        () -> {
          log.onRead = () -> {};
          join(STADIUM, "carol", Dialect.ROOMLOG);
          store(STADIUM, 3, 3);
        };
    push();
    ask(STADIUM, 3, 3);
    push();
    assertThat(String.join("", posts.delivered("carol"))).contains("\"t3\"");
  }

  @Test
  void aPageEndsWithItsLimitAndTheNextBeginsBehindIt() {
    store(STADIUM, 1, 2 * LogPages.ENTRIES_MAX);
    ask(STADIUM, 1, 400);
    ask(STADIUM, 402, 1_000);
    push();
    assertThat(log.reads).containsExactly("0+400", "401+100", "501+499", "1000+1");
    assertThat(posts.delivered("ann")).hasSize(999).doesNotContain("t401");
  }
}
