package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.roomlog.core.RoomName;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.memory.MemoryPushCursor;
import io.roomlog.core.testing.Fuzz;
import io.roomlog.core.testing.HostileText;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.RangeJson;
import io.roomlog.fanout.crowd.RangeRetries;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An operator may write to the queue by hand, and gets it wrong. */
class CrowdMessagesFuzzTest {

  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "5",
          "1.0",
          "1.5",
          "1e3",
          "1e400",
          "9223372036854775807",
          "9223372036854775808",
          "null",
          "true",
          "\"\"",
          "\"5\"",
          "\"lobby\"",
          "[]",
          "[1]",
          "[1,2,3]",
          "[0]",
          "[null]",
          "[\"1\"]",
          "{}",
          "2",
          "99");

  private final ManualClock clock = new ManualClock();
  private final MemoryMembership rooms = new MemoryMembership();
  private final Crowd crowd =
      new Crowd(
          rooms,
          new MemoryLogStore(),
          new MemoryPushCursor(),
          new ScriptedPosts(),
          new CrowdSettings(4, 1, 10_000),
          RangeRetries.none(),
          new Machine(
              clock, new Random(1), clock::pass, Executors::newVirtualThreadPerTaskExecutor));

  private static String body(Random random) {
    String valid = RangeJson.write(new Range(new RoomName("lobby"), 1, 9, Set.of(4L)));
    return switch (random.nextInt(5)) {
      case 0 -> {
        int at = random.nextInt(valid.length());
        yield valid.substring(0, at) + (char) random.nextInt(128) + valid.substring(at + 1);
      }
      case 1 -> valid.substring(0, random.nextInt(valid.length()));
      case 2 -> HostileText.any(random);
      default -> fields(random);
    };
  }

  private static String fields(Random random) {
    return List.of("v", "room", "from", "to", "without", "x").stream()
        .filter(_ -> random.nextInt(6) > 0)
        .map(name -> "\"" + name + "\":" + value(name, random))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(String name, Random random) {
    if (random.nextInt(4) == 0) {
      return VALUES.get(random.nextInt(VALUES.size()));
    }
    return switch (name) {
      case "v" -> "1";
      case "room" -> "\"lobby\"";
      case "from" -> "1";
      case "to" -> Integer.toString(random.nextInt(1_100));
      case "without" ->
          IntStream.range(0, random.nextInt(4))
              .mapToObj(_ -> Integer.toString(random.nextInt(20)))
              .collect(Collectors.joining(",", "[", "]"));
      default -> "\"y\"";
    };
  }

  @Test
  void aTextIsARangeWithinItsLimitsOrHasAReason() {
    Fuzz.of(20_000)
        .each(
            "ranges",
            CrowdMessagesFuzzTest::body,
            text -> {
              switch (RangeJson.read(text)) {
                case RangeJson.Reading.Read(Range range) -> {
                  assertThat(range.to() - range.from()).isBetween(0L, 999L);
                  assertThat(range.from()).isPositive();
                  assertThat(RangeJson.read(RangeJson.write(range)))
                      .isEqualTo(new RangeJson.Reading.Read(range));
                }
                case RangeJson.Reading.Malformed(String reason) ->
                    assertThat(reason)
                        .matches("(the body|v|room|from|to|without) is .*")
                        .doesNotContain("Exception");
              }
            });
  }

  private record Message(
      @Nullable String id, @Nullable String body, @Nullable Map<String, String> attributes) {}

  private static Message message(Random random) {
    return new Message(
        random.nextInt(10) == 0 ? null : "broken",
        random.nextInt(10) == 0 ? null : body(random),
        switch (random.nextInt(6)) {
          case 0 -> null;
          case 1 -> Map.of();
          case 2 -> Map.of("MessageGroupId", HostileText.any(random));
          default -> Map.of("MessageGroupId", "lobby");
        });
  }

  private static SQSMessage of(Message message) {
    SQSMessage sqs = new SQSMessage();
    sqs.setMessageId(message.id());
    sqs.setBody(message.body());
    sqs.setAttributes(message.attributes());
    return sqs;
  }

  @Test
  void aMessageThatIsNoRangeHoldsUpNoOtherRoom() {
    SQSMessage attic =
        of(
            new Message(
                "attic",
                RangeJson.write(new Range(new RoomName("attic"), 1, 1, Set.of())),
                Map.of("MessageGroupId", "attic")));
    Fuzz.of(1_000)
        .each(
            "messages of the queue",
            CrowdMessagesFuzzTest::message,
            message -> {
              SQSEvent event = new SQSEvent();
              event.setRecords(List.of(of(message), attic));
              List<String> failed =
                  crowd.handleRequest(event, null).getBatchItemFailures().stream()
                      .map(BatchItemFailure::getItemIdentifier)
                      .toList();
              assertThat(failed).doesNotContain("attic");
            });
  }
}
