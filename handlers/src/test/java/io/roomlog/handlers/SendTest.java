package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.FaultyLogStore;
import io.roomlog.core.testing.FaultyLogStore.Call;
import io.roomlog.core.testing.FaultyLogStore.Fault;
import io.roomlog.core.testing.ManualClock;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendTest {

  private static final RoomName LOBBY = new RoomName("lobby");

  private final ManualClock clock = new ManualClock();
  private final MemoryLogStore log = new MemoryLogStore();
  private final TwoWayFrames ann = new TwoWayFrames("ann=", clock.instant());

  private JsonNode send(String frame) {
    return send(log, frame);
  }

  private JsonNode send(LogStore store, String frame) {
    return ann.ask(new Send(new RoomLog(store, clock, new Random(1), clock::pass)), frame);
  }

  @Test
  void anAckSaysWhereTheMessageStands() {
    assertThat(send("{\"action\":\"send\",\"data\":\"a\"}").toString())
        .isEqualTo(
            "{\"type\":\"ack\",\"room\":\"lobby\",\"acks\":[{\"position\":1,\"at\":%d,\"duplicate\":false}]}"
                .formatted(clock.instant().toEpochMilli()));
    assertThat(
            send("{\"action\":\"send\",\"room\":\"b\",\"data\":{\"a\":[1]},\"id\":\"m1\",\"ref\":7}")
                .toString())
        .isEqualTo(
            "{\"type\":\"ack\",\"ref\":7,\"room\":\"b\",\"acks\":[{\"id\":\"m1\",\"position\":1,\"at\":%d,\"duplicate\":false}]}"
                .formatted(clock.instant().toEpochMilli()));
  }

  @Test
  void theSameIdIsAnsweredWithItsFirstPositionAndTime() {
    JsonNode first = send("{\"data\":\"a\",\"id\":\"m1\"}").at("/acks/0");
    clock.pass(java.time.Duration.ofHours(23));
    JsonNode again = send("{\"data\":\"other\",\"id\":\"m1\"}").at("/acks/0");
    assertThat(again.get("duplicate").booleanValue()).isTrue();
    assertThat(again.get("position")).isEqualTo(first.get("position"));
    assertThat(again.get("at")).isEqualTo(first.get("at"));
    assertThat(log.counter(LOBBY).head()).isEqualTo(1);
  }

  @Test
  void severalMessagesTakeRisingPositionsInTheirOrder() {
    send("{\"data\":\"x\",\"id\":\"b\"}");
    JsonNode acks =
        send("{\"messages\":[{\"data\":\"a\",\"id\":\"a\"},{\"data\":\"x\",\"id\":\"b\"},{\"data\":3}]}")
            .get("acks");
    assertThat(acks.findValuesAsText("position")).containsExactly("2", "1", "3");
    assertThat(acks.findValuesAsText("duplicate")).containsExactly("false", "true", "false");
    assertThat(acks.findValuesAsText("id")).containsExactly("a", "b");
    assertThat(
            log.after(LOBBY, 0, 10).entries().stream().map(entry -> ((Entry.Message) entry).data()))
        .containsExactly("\"x\"", "\"a\"", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "false", "0", "[]", "{}", "[[[\"deep\"]]]", "\" \""})
  void everyJsonValueButTheEmptyStringIsData(String data) {
    assertThat(send("{\"data\":" + data + "}").get("type").textValue()).isEqualTo("ack");
    assertThat(((Entry.Message) log.after(LOBBY, 0, 1).entries().getFirst()).data())
        .isEqualTo(data);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x                                            | invalid_data  | the frame is not a JSON object of distinct keys
          []                                           | invalid_data  | the frame is not a JSON object of distinct keys
          {"data":"a","data":"b"}                      | invalid_data  | the frame is not a JSON object of distinct keys
          {}                                           | invalid_data  | data is missing
          {"data":""}                                  | invalid_data  | data is an empty string
          {"data":1e999}                               | invalid_data  | data has a number outside the range of an IEEE double
          {"data":{"a":"\\ud83d"}}                     | invalid_data  | data has half a surrogate pair
          {"data":"a","id":""}                         | invalid_id    | id is not 1-64 characters of A-Z a-z 0-9 . _ -
          {"data":"a","id":7}                          | invalid_id    | id is not 1-64 characters of A-Z a-z 0-9 . _ -
          {"data":"a","id":null}                       | invalid_id    | id is not 1-64 characters of A-Z a-z 0-9 . _ -
          {"data":"a","room":"a b"}                    | invalid_room  | room is not 1-128 characters of A-Z a-z 0-9 . _ : -
          {"data":"a","room":null}                     | invalid_room  | room is not 1-128 characters of A-Z a-z 0-9 . _ : -
          {"data":"a","ref":[]}                        | invalid_field | ref is not a string or a number of at most 64 characters
          {"data":"a","ref":null}                      | invalid_field | ref is not a string or a number of at most 64 characters
          {"data":"a","ref":"\\ud83d"}                 | invalid_field | ref is not a string or a number of at most 64 characters
          {"data":"a","messages":[{"data":"a"}]}       | invalid_field | data and id stand inside of messages, not beside it
          {"id":"a","messages":[{"data":"a"}]}         | invalid_field | data and id stand inside of messages, not beside it
          {"messages":{}}                              | invalid_field | messages is not an array of 1-25 objects
          {"messages":[]}                              | invalid_field | messages is not an array of 1-25 objects but of 0
          {"messages":["a"]}                           | invalid_field | messages[0] is not an object
          {"messages":[{"data":"a"},{}]}               | invalid_data  | messages[1].data is missing
          {"messages":[{"data":1,"id":"a"},{"data":2,"id":"a"}]} | invalid_id | messages[1].id stands in messages before
          """)
  void whatIsNotTakenIsNamedAndStoresNothing(String frame, String code, String message) {
    JsonNode answer = send(frame);
    assertThat(answer.get("type").textValue()).isEqualTo("error");
    assertThat(answer.get("code").textValue()).isEqualTo(code);
    assertThat(answer.get("message").textValue()).isEqualTo(message);
    assertThat(answer.get("temporary").booleanValue()).isFalse();
    assertThat(log.counter(LOBBY).head()).isZero();
  }

  @Test
  void dataAtItsLimitIsTakenAndAByteMoreIsNot() {
    assertThat(send("{\"data\":\"" + "x".repeat(24_574) + "\"}").get("type").textValue())
        .isEqualTo("ack");
    JsonNode answer = send("{\"data\":\"" + "x".repeat(24_575) + "\"}");
    assertThat(answer.get("code").textValue()).isEqualTo("too_large");
    assertThat(answer.get("message").textValue())
        .isEqualTo("data is 24577 bytes; the limit is 24576");
  }

  @Test
  void escapesThatNeedNotBeAreNotCounted() {
    String escaped = "\\u0061".repeat(20_000);
    assertThat(send("{\"data\":\"" + escaped + "\"}").get("type").textValue()).isEqualTo("ack");
  }

  @Test
  void twentyFiveMessagesAreTakenAndTwentySixAreNot() {
    assertThat(send(messages(25)).get("acks")).hasSize(25);
    assertThat(send(messages(26)).get("message").textValue())
        .isEqualTo("messages is not an array of 1-25 objects but of 26");
  }

  private static String messages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"data\":" + i + "}")
        .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"r\"", "7", "-1.50", "\"\"", "12345678901234567890"})
  void aRefComesBackAsItCame(String ref) {
    assertThat(send("{\"data\":\"a\",\"ref\":" + ref + "}").get("ref").toString()).isEqualTo(ref);
    assertThat(send("{\"data\":\"\",\"ref\":" + ref + "}").get("ref").toString()).isEqualTo(ref);
  }

  @Test
  void aRefOfSixtyFourCharactersIsTakenHoweverManyBytesTheyAre() {
    String face = "\ud83d\ude00";
    assertThat(send("{\"data\":1,\"ref\":\"" + face.repeat(64) + "\"}").get("type").textValue())
        .isEqualTo("ack");
    JsonNode refused = send("{\"data\":1,\"ref\":\"" + face.repeat(65) + "\"}");
    assertThat(refused.get("code").textValue()).isEqualTo("invalid_field");
    assertThat(refused.has("ref")).isFalse();
  }

  @Test
  void aFrameThatIsNotStrictJsonStillGetsItsRefBack() {
    assertThat(send("{\"ref\":9,\"data\":1,\"data\":2}").get("ref").intValue()).isEqualTo(9);
    String deep = "[".repeat(40) + "]".repeat(40);
    assertThat(send("{\"ref\":9,\"data\":" + deep + "}").get("ref").intValue()).isEqualTo(9);
  }

  @Test
  void nestingOfThirtyTwoIsTakenAndOneMoreIsNot() {
    assertThat(send("{\"data\":" + "[".repeat(32) + "]".repeat(32) + "}").has("acks")).isTrue();
    String deeper = "[".repeat(33) + "]".repeat(33);
    assertThat(send("{\"data\":" + deeper + "}").get("message").textValue())
        .isEqualTo("data is nested deeper than 32");
    assertThat(send("{\"messages\":[{\"data\":" + deeper + "}]}").get("message").textValue())
        .isEqualTo("messages[0].data is nested deeper than 32");
  }

  @Test
  void aStorageThatDoesNotAnswerIsSaidToBeTemporary() {
    JsonNode answer =
        send(
            new FaultyLogStore(log).next(Call.CLAIM, Fault.REFUSE),
            "{\"data\":\"a\",\"ref\":1,\"id\":\"m\"}");
    assertThat(answer.get("code").textValue()).isEqualTo("unavailable");
    assertThat(answer.get("temporary").booleanValue()).isTrue();
    assertThat(answer.get("ref").intValue()).isEqualTo(1);
    assertThat(answer.get("message").textValue()).doesNotContain("injected", "Exception");
  }

  @Test
  void anAnswerThatWasLostOnTheWayToUsIsStillAnAck() {
    FaultyLogStore lossy = new FaultyLogStore(log).next(Call.PUT, Fault.LOSE_ANSWER);
    assertThat(send(lossy, "{\"data\":\"a\"}").at("/acks/0/position").longValue()).isEqualTo(1);
    assertThat(lossy.struck()).containsExactly(Fault.LOSE_ANSWER);
  }
}
