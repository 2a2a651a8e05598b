package io.roomlog.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.FaultyLogStore;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemSendTest {

  private static final RoomName LOBBY = new RoomName("lobby");

  private final ManualClock clock = new ManualClock();
  private final MemoryLogStore log = new MemoryLogStore();

  private JsonNode invoke(String event) {
    return invoke(log, event);
  }

  private JsonNode invoke(LogStore store, String event) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    try {
      new SystemSend(new RoomLog(store, clock, new Random(1), clock::pass))
          .handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), result, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Json.parse(result.toString(UTF_8)).orElseThrow();
  }

  private List<Entry.Message> messages() {
    return log.after(LOBBY, 0, 10).entries().stream().map(Entry.Message.class::cast).toList();
  }

  @Test
  void aBackEndAppendsAsASystemSenderAndIsToldWhereItStands() {
    assertThat(
            invoke("{\"room\":\"lobby\",\"data\":{\"a\":1.10},\"id\":\"m1\",\"ref\":3}").toString())
        .isEqualTo(
            "{\"type\":\"ack\",\"ref\":3,\"room\":\"lobby\",\"acks\":[{\"id\":\"m1\",\"position\":1,\"at\":%d,\"duplicate\":false}]}"
                .formatted(clock.instant().toEpochMilli()));
    assertThat(messages())
        .extracting(Entry.Message::sender, Entry.Message::name, Entry.Message::data)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("system", "system", "{\"a\":1.10}"));
  }

  @Test
  void itSaysAsWhomAndTheNameIsTheSendersUnlessItHasOne() {
    invoke("{\"room\":\"lobby\",\"data\":1,\"sender\":\"billing\"}");
    invoke("{\"room\":\"lobby\",\"data\":2,\"sender\":\"billing\",\"name\":\"Billing\"}");
    assertThat(messages()).extracting(Entry.Message::sender).containsOnly("billing");
    assertThat(messages()).extracting(Entry.Message::name).containsExactly("billing", "Billing");
  }

  @Test
  void anIdIsTheSystemSendersOwn() {
    TwoWayFrames ann = new TwoWayFrames("ann=", clock.instant());
    Send send = new Send(new RoomLog(log, clock, new Random(1), clock::pass));
    JsonNode first = invoke("{\"room\":\"lobby\",\"data\":1,\"id\":\"m\"}").at("/acks/0");
    assertThat(invoke("{\"room\":\"lobby\",\"data\":2,\"id\":\"m\"}").at("/acks/0/position"))
        .isEqualTo(first.get("position"));
    assertThat(invoke("{\"room\":\"lobby\",\"data\":3,\"id\":\"m\",\"sender\":\"b\"}"))
        .isNotEqualTo(first);
    assertThat(ann.ask(send, "{\"data\":4,\"id\":\"m\"}").at("/acks/0/duplicate").booleanValue())
        .isFalse();
    assertThat(messages()).extracting(Entry.Message::data).containsExactly("1", "3", "4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"data":1}                                     | invalid_room  | room is not 1-128 characters of A-Z a-z 0-9 . _ : -
          {"room":"lobby"}                               | invalid_data  | data is missing
          {"room":"lobby","data":1,"data":2}             | invalid_data  | the frame is not a JSON object of distinct keys
          {"room":"lobby","data":1,"sender":""}          | invalid_field | sender is empty or has control characters
          {"room":"lobby","data":1,"sender":7}           | invalid_field | sender is not a string
          {"room":"lobby","data":1,"name":"a\\u0007"}    | invalid_field | name is empty or has control characters
          {"room":"lobby","messages":[]}                 | invalid_field | messages is not an array of 1-25 objects but of 0
          {"room":"lobby","data":1,"id":"a b"}           | invalid_id    | id is not 1-64 characters of A-Z a-z 0-9 . _ -
          """)
  void whatIsNotTakenIsNamedAndStoresNothing(String event, String code, String message) {
    JsonNode answer = invoke(event);
    assertThat(answer.get("type").textValue()).isEqualTo("error");
    assertThat(answer.get("code").textValue()).isEqualTo(code);
    assertThat(answer.get("message").textValue()).isEqualTo(message);
    assertThat(log.counter(LOBBY).head()).isZero();
  }

  @Test
  void anEventOverItsLimitIsTooLarge() {
    JsonNode answer = invoke("{\"room\":\"lobby\",\"data\":\"" + "x".repeat(131_072) + "\"}");
    assertThat(answer.get("code").textValue()).isEqualTo("too_large");
  }

  @Test
  void aStorageThatDoesNotAnswerIsTemporary() {
    FaultyLogStore faulty =
        new FaultyLogStore(log).next(FaultyLogStore.Call.CLAIM, FaultyLogStore.Fault.REFUSE);
    JsonNode answer = invoke(faulty, "{\"room\":\"lobby\",\"data\":1}");
    assertThat(answer.get("code").textValue()).isEqualTo("unavailable");
    assertThat(answer.get("temporary").booleanValue()).isTrue();
  }
}
