package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.roomlog.core.RoomName;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.memory.MemoryPushCursor;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.fanout.crowd.Range;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrowdRetriesTest {

  private final ManualClock clock = new ManualClock();
  private final ScriptedQueue queue = new ScriptedQueue();
  private final Crowd crowd =
      new Crowd(
          new MemoryMembership(),
          new MemoryLogStore(),
          new MemoryPushCursor(),
          new ScriptedPosts(),
          new CrowdSettings(4, 1, 10_000),
          queue,
          new Machine(
              clock, new Random(1), clock::pass, Executors::newVirtualThreadPerTaskExecutor));

  /** How long what is left of a batch is hidden, in seconds, by receipt. */
  private Map<String, Long> secondsAfterPush() {
    queue.invoke(crowd, null);
    return queue.waits().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().toSeconds()));
  }

  @Test
  void whatFailsComesAgainAfterFiveSecondsAndLaterEachTimeWithWhatIsBehindItInItsRoom() {
    queue.send("stadium", "nonsense");
    queue.put(List.of(new Range(new RoomName("arena"), 1, 1, Set.of())), "done at once");
    assertThat(secondsAfterPush()).isEqualTo(Map.of("receipt of m1", 5L));
    assertThat(secondsAfterPush()).isEqualTo(Map.of("receipt of m1", 10L));
    queue.put(List.of(new Range(new RoomName("stadium"), 1, 1, Set.of())), "waits with it");
    assertThat(secondsAfterPush()).isEqualTo(Map.of("receipt of m1", 20L, "receipt of m3", 20L));
  }

  @Test
  void whenNothingIsLeftNothingIsScheduled() {
    queue.put(List.of(new Range(new RoomName("arena"), 1, 1, Set.of())), "done at once");
    assertThat(secondsAfterPush()).isEmpty();
  }

  private static SQSMessage message(String id, @Nullable Map<String, String> attributes) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(id);
    message.setReceiptHandle("r" + id);
    message.setAttributes(attributes);
    return message;
  }

  private static SQSMessage message(String id, String group, String receipts) {
    return message(id, Map.of("MessageGroupId", group, "ApproximateReceiveCount", receipts));
  }

  @ParameterizedTest
  @CsvSource({"1,5", "2,10", "3,20", "7,320", "8,320", "1000,320", "9999999999,320"})
  void theWaitDoublesUpToALimit(String receipts, int seconds) {
    assertThat(CrowdRetries.waits(List.of(message("1", "lobby", receipts)), List.of("1")))
        .isEqualTo(Map.of("r1", Duration.ofSeconds(seconds)));
  }

  @Test
  void aGroupWaitsForTheOneThatWasReceivedTheMostOftenAndNoOtherGroupDoes() {
    var messages =
        List.of(
            message("1", "lobby", "3"), message("2", "lobby", "1"), message("3", "kitchen", "1"));
    assertThat(CrowdRetries.waits(messages, List.of("1", "2", "3")))
        .isEqualTo(
            Map.of(
                "r1", Duration.ofSeconds(20),
                "r2", Duration.ofSeconds(20),
                "r3", CrowdRetries.FIRST));
  }

  @Test
  void whatWasHandledIsLeftAlone() {
    var messages = List.of(message("1", "lobby", "1"), message("2", "lobby", "1"));
    assertThat(CrowdRetries.waits(messages, List.of("2"))).containsOnlyKeys("r2");
    assertThat(CrowdRetries.waits(messages, List.of())).isEmpty();
  }

  @Test
  void aMessageThatLacksWhatItShouldHaveComesAgainAsTheFirstTime() {
    SQSMessage without = message("2", Map.of());
    without.setReceiptHandle(null);
    var messages =
        List.of(message("1", null), without, message("3", "lobby", "many"), message("4", "a", "0"));
    assertThat(CrowdRetries.waits(messages, List.of("1", "2", "3", "4")))
        .isEqualTo(
            Map.of("r1", CrowdRetries.FIRST, "r3", CrowdRetries.FIRST, "r4", CrowdRetries.FIRST));
  }
}
