package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Author;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.Fuzz;
import io.roomlog.core.testing.ManualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Any number, and anything else, where a position or a count is asked for. */
class CursorsFuzzTest {

  private static final RoomName LOBBY = new RoomName("lobby");
  private static final BigDecimal EXACT_MAX = new BigDecimal("9007199254740991");
  private static final int HEAD = 80;

  private static final List<String> ODD =
      List.of(
          "0",
          "-0",
          "-1",
          "1.0",
          "1.5",
          "2e1",
          "1e0",
          "1e400",
          "1e-1",
          "80",
          "81",
          "79",
          "1000",
          "1001",
          "9007199254740991",
          "9007199254740992",
          "9223372036854775808",
          "null",
          "true",
          "\"5\"",
          "\"\"",
          "[]",
          "[5]",
          "{}",
          "5e-1",
          "0.0",
          "-0.0",
          "1e16");

  private final ManualClock clock = new ManualClock();
  private final MemoryLogStore store = new MemoryLogStore();
  private final RoomLog log = new RoomLog(store, clock, new Random(1), clock::pass);
  private final History history = new History(log);
  private final MemoryMembership membership = new MemoryMembership();
  private final Join join = new Join(log, membership, clock);
  private final Sync sync = new Sync(log, membership, clock);
  private final TwoWayFrames ann = new TwoWayFrames("ann=", clock.instant());

  /** Every third position is a hole, which readers close. */
  @BeforeEach
  void fillTheLog() throws InterruptedException {
    for (int position = 1; position <= HEAD; position++) {
      if (position % 3 == 0) {
        store.claim(LOBBY, 1, clock.instant(), Retention.forever());
      } else {
        log.append(
            LOBBY, new Author("s", "ann", "Ann"), List.of(new Draft(null, "\"" + position + "\"")));
      }
    }
    clock.pass(Duration.ofMinutes(1));
  }

  /** The fields of a frame, as JSON. */
  private static Map<String, String> cursor(Random random) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String name : List.of("after", "before", "limit")) {
      if (random.nextInt(name.equals("before") ? 4 : 2) == 0) {
        boolean plain = random.nextBoolean();
        fields.put(
            name,
            plain ? Integer.toString(random.nextInt(90)) : ODD.get(random.nextInt(ODD.size())));
      }
    }
    return fields;
  }

  private static String frame(String action, Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> ",\"%s\":%s".formatted(field.getKey(), field.getValue()))
        .collect(Collectors.joining("", "{\"action\":\"" + action + "\"", "}"));
  }

  /** Whether it is a whole number within bounds, by another reckoning than the product's. */
  private static boolean isWhole(String text, long least, BigDecimal most) {
    try {
      BigDecimal value = new BigDecimal(text);
      return value.compareTo(BigDecimal.valueOf(least)) >= 0
          && value.compareTo(most) <= 0
          && value.remainder(BigDecimal.ONE).signum() == 0;
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }

  private static boolean isTaken(Map<String, String> fields) {
    return !(fields.containsKey("after") && fields.containsKey("before"))
        && isWhole(fields.getOrDefault("after", "0"), 0, EXACT_MAX)
        && isWhole(fields.getOrDefault("before", "1"), 1, EXACT_MAX)
        && isWhole(fields.getOrDefault("limit", "1"), 1, BigDecimal.valueOf(1_000));
  }

  private static long number(Map<String, String> fields, String name, long otherwise) {
    String text = fields.get(name);
    return text == null ? otherwise : new BigDecimal(text).longValueExact();
  }

  @Test
  void aPageIsWhatWasAskedForOrAnErrorThatNamesTheField() {
    Fuzz.of(5_000)
        .each(
            "cursors",
            CursorsFuzzTest::cursor,
            fields -> {
              JsonNode answer = ann.ask(history, frame("history", fields));
              if (isTaken(fields)) {
                isPage(fields, answer);
              } else {
                namesTheField(fields, answer);
              }
            });
  }

  private static void isPage(Map<String, String> fields, JsonNode page) {
    assertThat(page.path("type").textValue()).as("%s", page).isEqualTo("history");
    int limit = (int) number(fields, "limit", 50);
    long after = Math.min(number(fields, "after", 0), HEAD);
    long before = Math.min(number(fields, "before", HEAD + 1), HEAD + 1);
    LongStream expected =
        fields.containsKey("after")
            ? LongStream.rangeClosed(after + 1, Math.min(after + limit, HEAD))
            : LongStream.range(Math.max(before - limit, 1), before);
    assertThat(page.path("messages").valueStream().map(CursorsFuzzTest::told).toList())
        .isEqualTo(
            expected
                .mapToObj(
                    position -> position % 3 == 0 ? position + " void" : position + " message")
                .toList());
    assertThat(page.path("head").longValue()).isEqualTo(HEAD);
  }

  private static String told(JsonNode entry) {
    long position = entry.path("position").longValue();
    if (entry.has("data")) {
      assertThat(entry.path("data").textValue()).isEqualTo(Long.toString(position));
      return position + " message";
    }
    return position + " void";
  }

  private static void namesTheField(Map<String, String> fields, JsonNode answer) {
    assertThat(answer.path("code").textValue()).as("%s", answer).isEqualTo("invalid_field");
    assertThat(fields.keySet()).anyMatch(answer.path("message").textValue()::contains);
  }

  @Test
  void aJoinAndASyncTakeTheSamePositions() {
    Fuzz.of(2_000)
        .each(
            "positions",
            random -> cursor(random).getOrDefault("after", "7"),
            after -> {
              boolean taken = isWhole(after, 0, EXACT_MAX);
              String joined =
                  ann.ask(
                          join,
                          "{\"action\":\"join\",\"room\":\"lobby\",\"after\":%s}".formatted(after))
                      .path("type")
                      .textValue();
              assertThat(joined).isEqualTo(taken ? "joined" : "error");
              String heads =
                  ann.ask(sync, "{\"action\":\"sync\",\"rooms\":{\"lobby\":%s}}".formatted(after))
                      .path("type")
                      .textValue();
              assertThat(heads).isEqualTo(taken ? "heads" : "error");
            });
  }
}
