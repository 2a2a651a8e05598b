package io.roomlog.fanout;

import static io.roomlog.fanout.StreamRecords.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Dialect;
import io.roomlog.fanout.posts.Posts.Posted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What takes how long, and who waits for whom: in virtual time. */
@Timeout(240)
class TimelinessTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static List<String> members(String room, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> room + i).toList();
  }

  /** A message to each of the rooms {@code r10}, {@code r11} …, in that order. */
  private static DynamodbEvent messages(int rooms) {
    return event(
        IntStream.range(0, rooms)
            .mapToObj(
                i ->
                    StreamRecords.message(
                        100 + i, "r" + (10 + i) + "-", 1, VirtualTime.START, "hello"))
            .toArray(DynamodbStreamRecord[]::new));
  }

  private static Deadline inSeconds(int seconds) {
    return new Deadline(Math.toIntExact(FanOut.RESERVE.plusSeconds(seconds).toMillis()));
  }

  @Test
  void connectionsThatHangDelayNobodyElse() {
    Simulated run = new Simulated(Simulated.noLimit(), 64, 1);
    members("room", 0, 30).forEach(id -> run.posts.hang(id, TIMEOUT));
    run.room("room", 1_000, Dialect.PLAIN);
    assertThat(run.push("room", 1)).isEmpty();
    assertThat(run.lastDelivered(members("room", 30, 1_000)))
        .isBefore(VirtualTime.START.plus(TIMEOUT));
    assertThat(members("room", 0, 30))
        .allSatisfy(id -> assertThat(run.posts.tries.get(id)).isEqualTo(2));
    // Two timeouts, and a wait of at most 100 ms between them.
    assertThat(run.time.passed()).isBetween(TIMEOUT.multipliedBy(2), Duration.ofMillis(4_200));
  }

  @Test
  void connectionsThatHangInOneRoomDoNotDelayAnother() {
    Simulated run = new Simulated(Simulated.noLimit(), 64, 2);
    run.room("r10-", 60, Dialect.PLAIN).room("r11-", 10, Dialect.PLAIN);
    members("r10-", 0, 60).forEach(id -> run.posts.hang(id, TIMEOUT));
    run.push(messages(2), null);
    assertThat(run.lastDelivered(members("r11-", 0, 10)))
        .isBefore(VirtualTime.START.plusMillis(500));
  }

  @Test
  void aSmallRoomDoesNotWaitForABigOne() {
    Simulated run = new Simulated(Simulated.noLimit(), 16, 3);
    run.room("r10-", 10_000, Dialect.ROOMLOG).room("r11-", 20, Dialect.ROOMLOG);
    assertThat(run.push(messages(2), null)).isEmpty();
    assertThat(run.lastDelivered(members("r11-", 0, 20)))
        .isBefore(VirtualTime.START.plusMillis(250));
    assertThat(run.time.passed()).isGreaterThan(Duration.ofSeconds(8));
  }

  @Test
  void aConnectionThatWaitsForItsNextTryOccupiesNobody() {
    Simulated run = new Simulated(Simulated.noLimit(), 1, 4);
    run.posts.always("room0", new Posted.Failed(500));
    run.room("room", 50, Dialect.PLAIN);
    run.push("room", 1);
    assertThat(run.posts.deliveries).hasSize(49);
    Simulated without = new Simulated(Simulated.noLimit(), 1, 4);
    without.room("room", 50, Dialect.PLAIN).push("room", 1);
    Duration more = run.time.passed().minus(without.time.passed());
    assertThat(more).isLessThan(TimedPosts.MEDIAN.multipliedBy(8));
  }

  @Test
  void whoIsGoneCostsOnePostAndOneQuestion() {
    Simulated run = new Simulated(Simulated.noLimit(), 64, 5);
    List<String> gone = members("room", 0, 300);
    gone.forEach(id -> run.posts.always(id, new Posted.Gone()));
    run.room("room", 1_000, Dialect.PLAIN);
    assertThat(run.push("room", 1)).isEmpty();
    assertThat(gone).allSatisfy(id -> assertThat(run.posts.tries.get(id)).isEqualTo(1));
    assertThat(run.posts.finds.keySet()).containsExactlyInAnyOrderElementsOf(gone);
    assertThat(run.posts.finds.values()).containsOnly(1);
    assertThat(run.rooms.pruned).containsExactlyInAnyOrderElementsOf(gone);
    assertThat(run.posts.mostAtOnce()).isLessThanOrEqualTo(64);
  }

  @Test
  void cleaningUpHoldsUpTheNextBatchNoLongerThanItsLimit() {
    Simulated run = new Simulated(Simulated.noLimit(), 4, 6);
    List<String> gone = members("room", 0, 500);
    gone.forEach(id -> run.posts.always(id, new Posted.Gone()));
    run.room("room", 501, Dialect.PLAIN);
    assertThat(run.push("room", 1)).isEmpty();
    Instant delivered = run.lastDelivered(List.of("room500"));
    assertThat(run.rooms.pruned.size()).isBetween(100, 300);
    Duration after = Duration.between(delivered, run.time.instant());
    assertThat(after).isBetween(Pruner.PRUNING_MAX, Pruner.PRUNING_MAX.plusMillis(200));
  }

  @Test
  void aRoomThatCannotBeFinishedIsNotBegunAndComesAgain() {
    Simulated run = new Simulated(Simulated.noLimit(), 8, 7);
    for (int i = 0; i < 60; i++) {
      run.room("r" + (10 + i) + "-", 100, Dialect.PLAIN);
    }
    DynamodbEvent event = messages(60);
    List<String> failed = run.push(event, inSeconds(5));
    int done = run.posts.deliveries.size() / 100;
    // 5 s at 8 posts in 20 ms: some 20 rooms, of which none stays half done.
    assertThat(done).isBetween(12, 30);
    assertThat(run.posts.deliveries).hasSize(done * 100);
    assertThat(failed).hasSize(1);
    assertThat(run.time.passed()).isLessThan(Duration.ofSeconds(5));

    while (!failed.isEmpty()) {
      failed = run.push(event, inSeconds(5));
    }
    assertThat(run.posts.deliveries).hasSize(6_000);
    assertThat(run.posts.deliveries.values()).containsOnly(1);
  }

  @Test
  void aRoomWithMoreMessagesThanAConnectionCanStillGetIsNotBegun() {
    Simulated run = new Simulated(Simulated.noLimit(), 8, 12);
    for (int i = 0; i < Pushing.ROOMS_OPEN_MAX; i++) {
      run.room("r" + (10 + i) + "-", 250, Dialect.PLAIN);
    }
    run.room("r26-", 1, Dialect.PLAIN);
    // Some 9 s for the others, and 3.6 s for the last one's only member.
    List<DynamodbStreamRecord> records = new ArrayList<>(messages(16).getRecords());
    for (int i = 1; i <= 200; i++) {
      records.add(StreamRecords.message(200 + i, "r26-", i, VirtualTime.START, "hello"));
    }
    DynamodbEvent event = event(records.toArray(DynamodbStreamRecord[]::new));
    assertThat(run.push(event, inSeconds(10))).containsExactly("201");
    assertThat(run.posts.deliveries).doesNotContainKey("r26-0").hasSize(4_000);
    assertThat(run.push(event, inSeconds(10))).isEmpty();
    assertThat(run.posts.deliveries).containsEntry("r26-0", 200);
  }

  @Test
  void withSlowTablesItEndsInTimeAndTheRoomsThatAreLeftComeAgain() {
    Duration slow = Duration.ofSeconds(4);
    Simulated run = new Simulated(Simulated.noLimit(), 64, slow, 10);
    DynamodbEvent event = messages(400);
    List<String> failed = run.push(event, inSeconds(52));
    assertThat(run.time.passed()).isLessThan(FanOut.RESERVE.plusSeconds(52));
    assertThat(failed).hasSize(1);
    assertThat(run.push(event, inSeconds(52))).isEmpty();
  }

  @Test
  void aBatchOfManyMessagesReachesAPlainConnectionWhole() {
    Simulated run = new Simulated(Simulated.noLimit(), 64, 11);
    run.room("room", 1, Dialect.PLAIN);
    DynamodbStreamRecord[] records =
        IntStream.rangeClosed(1, 1_000)
            .mapToObj(i -> StreamRecords.message(i, "room", i, VirtualTime.START, "hello"))
            .toArray(DynamodbStreamRecord[]::new);
    assertThat(run.push(event(records), inSeconds(52))).isEmpty();
    assertThat(run.posts.deliveries).containsEntry("room0", 1_000);
  }

  @Test
  void aRoomThatIsHalfDoneAtTheEndComesAgain() {
    Simulated run = new Simulated(Simulated.noLimit(), 8, 8);
    run.room("r10-", 5_000, Dialect.PLAIN);
    assertThat(run.push(messages(1), inSeconds(3))).containsExactly("100");
    assertThat(run.posts.deliveries.size()).isBetween(800, 2_000);
    assertThat(run.posts.lastCall()).isBeforeOrEqualTo(VirtualTime.START.plusSeconds(3));
    assertThat(run.time.passed()).isLessThan(Duration.ofMillis(3_200));

    assertThat(run.push(messages(1), inSeconds(50))).isEmpty();
    assertThat(run.posts.deliveries).hasSize(5_000);
  }

  @Test
  void theMembersOfSixteenRoomsAreInMemoryAtOnce() {
    Simulated run = new Simulated(Simulated.noLimit(), 32, 9);
    for (int i = 0; i < 80; i++) {
      run.room("r" + (10 + i) + "-", 100, Dialect.PLAIN);
    }
    int[] most = {0};
    run.posts.full(
        (_, _) -> {
          long ended =
              run.rooms.read.stream()
                  .map(RoomName::value)
                  .filter(room -> isEnded(run, room))
                  .count();
          most[0] = Math.max(most[0], Math.toIntExact(run.rooms.read.size() - ended));
          return false;
        });
    assertThat(run.push(messages(80), null)).isEmpty();
    assertThat(most[0]).isEqualTo(Pushing.ROOMS_OPEN_MAX);
    // The workers, one who waits for what is laid aside, and the caller has a thread of its own.
    assertThat(run.time.mostThreads()).isLessThanOrEqualTo(33);
    assertThat(run.posts.mostAtOnce()).isEqualTo(32);
    assertThat(run.posts.deliveries).hasSize(8_000);
  }

  private static boolean isEnded(Simulated run, String room) {
    return members(room, 0, 100).stream().allMatch(run.posts.deliveries::containsKey);
  }
}
