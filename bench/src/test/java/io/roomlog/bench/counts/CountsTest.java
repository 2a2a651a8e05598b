package io.roomlog.bench.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.roomlog.core.membership.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same figures on any machine. */
@Timeout(240)
class CountsTest {

  private static final int PUSHES = 8;

  @ParameterizedTest
  @CsvSource({
    "10, 1, 8, 80, 80, 27840, 16, 16, 16",
    "10, 10, 20, 80, 80, 61880, 40, 40, 16",
    "100, 50, 100, 800, 800, 2883600, 200, 200, 40",
  })
  void aPushIsOneFrameAConnectionHoweverManyMessagesItCarries(
      int connections,
      int messagesPerSecond,
      long messages,
      long posts,
      long billed,
      long bytes,
      long sendCalls,
      double writeUnits,
      double readUnits)
      throws InterruptedException {
    assertThat(new RoomlogRun(connections, Dialect.ROOMLOG).run(messagesPerSecond, PUSHES))
        .isEqualTo(
            new Cell(
                Cell.Way.ROOMLOG,
                connections,
                messagesPerSecond,
                messages,
                posts,
                billed,
                bytes,
                sendCalls,
                writeUnits,
                readUnits,
                0));
  }

  @Test
  void aPlainConnectionGetsAPostAMessage() throws InterruptedException {
    Cell cell = new RoomlogRun(10, Dialect.PLAIN).run(50, 2);
    assertThat(cell.messages()).isEqualTo(25);
    assertThat(cell.posts()).isEqualTo(250);
    assertThat(cell.bytes()).isEqualTo(250L * RoomlogRun.TEXT_BYTES);
  }

  @Test
  void aRoomAboveTheLimitIsHandedOverAndItsBatchesShareAPush() throws InterruptedException {
    int connections = RoomlogRun.BIG_ROOM_CONNECTIONS + 1;
    Cell cell = new RoomlogRun(connections, Dialect.ROOMLOG).run(50, 2);
    assertThat(cell.messages()).isEqualTo(25);
    assertThat(cell.posts()).isEqualTo(2L * connections);
    // 12 and 13 messages in batches of 12: three ranges, two receipts, two deletions.
    assertThat(cell.queueCalls()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"1000, 1, 1", "1000, 10, 2.5", "1000, 50, 12.5", "10000, 10, 13.98"})
  void theSlowerAPushTheMoreItCarries(int connections, int messagesPerSecond, double messages) {
    SelfClock clock = new SelfClock(connections, messagesPerSecond);
    assertThat(clock.messagesPerPush()).isEqualTo(messages, within(0.01));
    assertThat(clock.pushes(PUSHES).stream().mapToInt(Integer::intValue).sum())
        .isEqualTo((int) (PUSHES * messages));
  }

  @Test
  void theSampleScansAndPostsOnceAMessageAndConnection() {
    assertThat(SampleRules.count(1_000, 10, 20))
        .isEqualTo(
            new Cell(Cell.Way.SAMPLE, 1_000, 10, 20, 20_000, 20_000, 4_000_000, 20_020, 0, 70, 0));
  }

  @Test
  void theSampleReachesNobodyBeyondOnePageOfItsScan() {
    int page = SampleRules.SCAN_BYTES_MAX / SampleRules.ROW_BYTES;
    assertThat(SampleRules.count(page, 1, 1).posts()).isEqualTo(page);
    assertThat(SampleRules.count(page + 1, 1, 1).posts()).isEqualTo(page);
  }

  @Test
  void aDeadConnectionCostsOnePostAndOneQuestionAndNoSendFailsForIt() {
    assertThat(DeadConnections.roomlog(10, 5))
        .isEqualTo(new DeadConnections("Roomlog", 10, 5, 10, 10, 0));
    assertThat(DeadConnections.sample(10, 5).postsEach()).isEqualTo(5);
    assertThat(DeadConnections.repairedSample(10, 5).postsEach()).isEqualTo(1);
  }
}
