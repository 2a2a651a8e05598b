package io.roomlog.tests.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RoomlogClientTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final RoomlogClient client = new RoomlogClient(new Random(1));
  private final List<Output> told = new ArrayList<>();
  private final List<JsonNode> sent = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aRoomBeginsAtTheHeadThatJoinedTellsAndFramesBeforeItAreHeld() {
    client.follow("lobby");
    connect();
    push(43);
    push(41);
    assertThat(received()).isEmpty();
    answer("\"type\":\"joined\",\"room\":\"lobby\",\"head\":42,\"first\":1,\"recovered\":true");
    push(44);
    assertThat(received()).containsExactly(43L, 44L);
  }

  @Test
  void aRepeatedPositionIsDroppedAndWhatFollowsAGapIsHeld() {
    begin(0);
    push(1);
    push(1);
    push(3);
    push(2);
    push(3);
    assertThat(received()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aGapThatStaysIsAskedForAndOneThatClosesIsNot() {
    begin(0);
    push(2);
    push(1);
    pass(Duration.ofSeconds(3));
    assertThat(last("action").textValue()).isEqualTo("join");
    push(5);
    pass(Duration.ofSeconds(3));
    assertThat(sent.getLast().toString())
        .startsWith("{\"action\":\"history\",\"room\":\"lobby\",\"after\":2,\"limit\":2,");
    answer(page(3, 4, 5, false));
    assertThat(received()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void theHeadThatSyncTellsIsAGapToo() {
    begin(0);
    pass(Duration.ofSeconds(73));
    assertThat(last("action").textValue()).isEqualTo("sync");
    assertThat(last("rooms").toString()).isEqualTo("{\"lobby\":0}");
    answer("\"type\":\"heads\",\"rooms\":{\"lobby\":1}");
    pass(Duration.ofSeconds(3));
    answer(page(1, 1, 1, false));
    assertThat(received()).containsExactly(1L);
  }

  @Test
  void aPendingPageIsAskedForAgainAfterHalfASecondAndThenTwiceThat() {
    begin(0);
    push(3);
    pass(Duration.ofSeconds(3));
    answer(page(1, 0, 3, true));
    int before = sent.size();
    pass(Duration.ofMillis(499));
    assertThat(sent).hasSize(before);
    pass(Duration.ofMillis(1));
    assertThat(sent).hasSize(before + 1);
    answer(page(1, 0, 3, true));
    pass(Duration.ofMillis(999));
    assertThat(sent).hasSize(before + 1);
    pass(Duration.ofMillis(1));
    assertThat(sent).hasSize(before + 2);
  }

  @Test
  void theNextPageIsAskedForAtOnceWithALimitOfWhatFittedIntoTheLast() {
    begin(0);
    push(100);
    pass(Duration.ofSeconds(3));
    assertThat(last("limit").intValue()).isEqualTo(Room.LIMIT_FIRST);
    answer(page(1, 7, 100, false));
    assertThat(last("after").intValue()).isEqualTo(7);
    assertThat(last("limit").intValue()).isEqualTo(7);
    answer(page(8, 14, 100, false));
    assertThat(last("limit").intValue()).isEqualTo(14);
  }

  @Test
  void whatHasExpiredIsSkipped() {
    client.follow("lobby", 10);
    connect();
    answer("\"type\":\"joined\",\"recovered\":false,\"first\":21," + page(21, 21, 21, false));
    assertThat(told).contains(new Output.Skipped("lobby", 11, 20));
    assertThat(received()).containsExactly(21L);
  }

  @Test
  void afterAReconnectItJoinsAfterTheLastPositionInSequence() {
    begin(0);
    push(1);
    push(3);
    perform(client.disconnected(now));
    pass(Duration.ofSeconds(3));
    assertThat(told).contains(new Output.Connect());
    connect();
    assertThat(last("action").textValue()).isEqualTo("join");
    assertThat(last("after").intValue()).isEqualTo(1);
    answer("\"type\":\"joined\",\"recovered\":true,\"first\":1," + page(2, 2, 3, false));
    assertThat(received()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aSendIsRepeatedWithItsIdUntilItIsAcknowledged() {
    begin(0);
    perform(client.send("lobby", "m1", TextNode.valueOf("hi"), now));
    perform(client.send("lobby", "m2", TextNode.valueOf("ho"), now));
    JsonNode first = sent.getLast();
    assertThat(first.path("messages").toString()).isEqualTo("[{\"id\":\"m1\",\"data\":\"hi\"}]");
    perform(
        client.frame(
            "{\"message\": \"Internal server error\", \"connectionId\":\"c\", \"requestId\":\"r\"}",
            now));
    pass(Duration.ofSeconds(3));
    assertThat(sent.getLast().path("messages").toString())
        .isEqualTo("[{\"id\":\"m1\",\"data\":\"hi\"},{\"id\":\"m2\",\"data\":\"ho\"}]");
    answer(
        "\"type\":\"ack\",\"room\":\"lobby\",\"acks\":["
            + "{\"id\":\"m1\",\"position\":1,\"at\":1,\"duplicate\":true},"
            + "{\"id\":\"m2\",\"position\":2,\"at\":1,\"duplicate\":false}]");
    assertThat(told)
        .contains(
            new Output.Stored("lobby", "m1", 1, true), new Output.Stored("lobby", "m2", 2, false));
    assertThat(client.hasSentAll()).isTrue();
  }

  @Test
  void aTemporaryErrorIsRepeatedAndAPermanentOneIsFoundOutOneByOne() {
    begin(0);
    perform(client.send("lobby", "m1", TextNode.valueOf("hi"), now));
    perform(client.send("lobby", "m2", TextNode.valueOf("ho"), now));
    answer("\"type\":\"error\",\"code\":\"rate_limited\",\"message\":\"\",\"temporary\":true");
    pass(Duration.ofSeconds(3));
    assertThat(last("messages").size()).isEqualTo(2);
    answer("\"type\":\"error\",\"code\":\"too_large\",\"message\":\"\",\"temporary\":false");
    assertThat(last("messages").size()).isEqualTo(1);
    answer("\"type\":\"error\",\"code\":\"too_large\",\"message\":\"\",\"temporary\":false");
    assertThat(told).contains(new Output.Refused("lobby", "m1", "too_large"));
    answer(
        "\"type\":\"ack\",\"acks\":[{\"id\":\"m2\",\"position\":1,\"at\":1,\"duplicate\":false}]");
    assertThat(client.hasSentAll()).isTrue();
  }

  @Test
  void anExpiredTokenMakesItConnectAgainAndNothingIsRefused() {
    begin(0);
    perform(client.send("lobby", "m1", TextNode.valueOf("hi"), now));
    answer("\"type\":\"error\",\"code\":\"expired\",\"message\":\"\",\"temporary\":false");
    assertThat(told.getLast()).isEqualTo(new Output.Disconnect());
    assertThat(client.hasSentAll()).isFalse();
    pass(Duration.ofSeconds(3));
    assertThat(told.getLast()).isEqualTo(new Output.Connect());
    connect();
    assertThat(sent.stream().skip(sent.size() - 2).map(frame -> frame.path("action").textValue()))
        .containsExactlyInAnyOrder("join", "send");
  }

  @Test
  void aSilentConnectionIsGivenUp() {
    begin(0);
    perform(client.send("lobby", "m1", TextNode.valueOf("hi"), now));
    pass(Request.ANSWER_MAX);
    assertThat(told).contains(new Output.Disconnect());
    pass(Duration.ofSeconds(3));
    connect();
    assertThat(sent.stream().skip(sent.size() - 2).map(frame -> frame.path("action").textValue()))
        .containsExactlyInAnyOrder("join", "send");
  }

  private void begin(long head) {
    client.follow("lobby");
    connect();
    answer("\"type\":\"joined\",\"room\":\"lobby\",\"head\":" + head);
  }

  private void connect() {
    perform(client.connected(now));
  }

  private void push(long position) {
    perform(
        client.frame(
            "{\"type\":\"messages\",\"room\":\"lobby\",\"messages\":[" + entry(position) + "]}",
            now));
  }

  /** Answers the last frame that was sent. */
  private void answer(String fields) {
    perform(client.frame("{" + fields + ",\"ref\":" + last("ref") + "}", now));
  }

  private static String page(long from, long to, long head, boolean pending) {
    String entries =
        String.join(
            ",", LongStream.rangeClosed(from, to).mapToObj(RoomlogClientTest::entry).toList());
    return "\"room\":\"lobby\",\"from\":%d,\"to\":%d,\"head\":%d,\"messages\":[%s],\"more\":%b,\"pending\":%b"
        .formatted(from, to, head, entries, to < head, pending);
  }

  private static String entry(long position) {
    return "{\"position\":" + position + ",\"type\":\"void\"}";
  }

  private void pass(Duration time) {
    Instant end = now.plus(time);
    while (!client.wakeAt().isAfter(end)) {
      now = client.wakeAt().isAfter(now) ? client.wakeAt() : now;
      perform(client.tick(now));
    }
    now = end;
  }

  private void perform(List<Output> outputs) {
    for (Output output : outputs) {
      if (output instanceof Output.Send(String frame)) {
        sent.add(parse(frame));
      } else {
        told.add(output);
      }
    }
  }

  private static JsonNode parse(String frame) {
    try {
      return JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode last(String field) {
    return sent.getLast().path(field);
  }

  private List<Long> received() {
    return told.stream()
        .filter(Output.Received.class::isInstance)
        .map(output -> ((Output.Received) output).position())
        .toList();
  }
}
