package io.roomlog.bench.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.roomlog.core.membership.Dialect;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same figures on any machine. */
@Timeout(240)
class CountsTest {

  private static final int PUSHES = 8;

  /** A membership's row in {@code room-one}, attribute by attribute. */
  private static final int ROW_BYTES =
      "pk".length()
          + "room-one#0".length()
          + "sk".length()
          + "R1kmxc2VNjMCFIA=".length()
          // Names of one letter: the dialect, 13 digits, a registration, 10 digits.
          + (1 + 1)
          + (1 + 8)
          + (1 + 8)
          + (1 + 6);

  /** What is expected is worked out here, from the protocol and the rules of what is billed. */
  @ParameterizedTest
  @CsvSource({"10, 1", "10, 10", "100, 50"})
  void aPushIsOneFrameAConnectionHoweverManyMessagesItCarries(
      int connections, int messagesPerSecond) throws InterruptedException {
    // All pushes together last as long as so many polls, which are a quarter of a second apart.
    int messages = Math.max(PUSHES, PUSHES * messagesPerSecond / 4);
    int posts = PUSHES * connections;
    double readsAPush = 1 + Math.ceilDiv(ROW_BYTES * connections, 4_096);
    assertThat(new RoomlogRun(connections, Dialect.ROOMLOG).run(messagesPerSecond, PUSHES))
        .isEqualTo(
            new Cell(
                Cell.Way.ROOMLOG,
                connections,
                messagesPerSecond,
                messages,
                posts,
                posts,
                (long) connections * frameBytes(messages),
                // The counter and the entry, a unit each.
                2L * messages,
                2.0 * messages,
                PUSHES * readsAPush,
                0));
  }

  /** The bytes of all frames that one connection gets, in so many pushes of that many messages. */
  private static int frameBytes(int messages) {
    String entries =
        IntStream.rangeClosed(1, messages)
            .mapToObj(
                position ->
                    "{\"position\":%d,\"sender\":\"senders1\",\"name\":\"Someones\",\"at\":%d,\"data\":\"%s\"}"
                        .formatted(position, 1_767_225_600_000L, "x".repeat(200)))
            .collect(Collectors.joining());
    int bytes = entries.length();
    for (int push = 0; push < PUSHES; push++) {
      int from = push * messages / PUSHES + 1;
      int to = (push + 1) * messages / PUSHES;
      bytes +=
          "{\"type\":\"messages\",\"room\":\"room-one\",\"from\":%d,\"to\":%d,\"messages\":[]}"
              .formatted(from, to)
              .length();
      // A comma between two.
      bytes += to - from;
    }
    return bytes;
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
  @CsvSource({"1000, 1, 1", "1000, 10, 2.5", "1000, 50, 12.5", "10000, 10, 10.31"})
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
