package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Author;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.wire.Json;
import io.roomlog.handlers.rate.SendRate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route of a connection whose token has rights to {@code lobby}, reads {@code news}. */
class RightsInRoutesTest {

  private static final RoomName LOBBY = new RoomName("lobby");
  private static final RoomName SECRET = new RoomName("secret");
  private static final RoomName NEWS = new RoomName("news");

  private final ManualClock clock = new ManualClock();
  private final MemoryLogStore store = new MemoryLogStore();
  private final MemoryMembership membership = new MemoryMembership();
  private final RoomLog log = new RoomLog(store, clock, new Random(1), clock::pass);
  private final Instant end = clock.instant().plus(Duration.ofMinutes(10));
  private final Map<
          String, RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse>>
      routes =
          Map.of(
              "send", new Send(log, SendRate.unlimited(), clock),
              "sendmessage", new SendMessage(log, SendRate.unlimited(), clock),
              "history", new History(log, clock),
              "join", new Join(log, membership, clock),
              "leave", new Leave(membership),
              "sync", new Sync(log, membership, clock));

  private Map<String, Object> context(String sender) {
    return Map.of(
        "mode", "token",
        "sender", sender,
        "name", sender,
        "room", "lobby",
        "dialect", "roomlog.v1",
        "rooms", "lobby team-* ?news",
        "tokenEnd", Long.toString(end.getEpochSecond()));
  }

  private APIGatewayV2WebSocketResponse call(
      String route, String frame, Map<String, Object> context) {
    APIGatewayV2WebSocketEvent event = new TwoWayFrames("c1=", clock.instant()).event(frame);
    event.getRequestContext().setAuthorizer(context);
    return Objects.requireNonNull(routes.get(route)).handleRequest(event, null);
  }

  private JsonNode ask(String route, String frame) {
    return Json.parse(call(route, frame, context("ann")).getBody()).orElseThrow();
  }

  private String code(String route, String frame) {
    JsonNode answer = ask(route, frame);
    assertThat(answer.path("temporary").booleanValue()).isFalse();
    return answer.path("code").asText(answer.get("type").textValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "send|{\"room\":\"secret\",\"data\":\"x\"}|forbidden",
        "send|{\"room\":\"secret\",\"messages\":[{\"data\":\"x\"}]}|forbidden",
        "send|{\"room\":\"news\",\"data\":\"x\"}|forbidden",
        "send|{\"room\":\"LOBBY\",\"data\":\"x\"}|forbidden",
        "send|{\"data\":\"x\"}|ack",
        "send|{\"room\":\"team-7\",\"data\":\"x\"}|ack",
        "history|{\"room\":\"secret\"}|forbidden",
        "history|{\"room\":\"secret\",\"after\":0}|forbidden",
        "history|{\"room\":\"secret\",\"before\":9}|forbidden",
        "history|{\"room\":\"news\"}|history",
        "history|{}|history",
        "join|{\"room\":\"secret\"}|forbidden",
        "join|{\"room\":\"secret\",\"after\":0}|forbidden",
        "join|{\"room\":\"news\",\"after\":0}|joined",
        "sync|{\"rooms\":{\"secret\":0}}|forbidden",
        "sync|{\"rooms\":{\"lobby\":0,\"secret\":0}}|forbidden",
        "sync|{\"rooms\":{\"lobby\":0,\"news\":0}}|heads",
        "sync|{}|heads"
      })
  void everyRouteAsksForTheRight(String route, String frame, String expected) {
    assertThat(code(route, frame)).isEqualTo(expected);
    assertThat(store.counter(SECRET).head()).isZero();
    assertThat(store.counter(NEWS).head()).isZero();
    assertThat(membership.members(SECRET, clock.instant())).isEmpty();
  }

  @Test
  void whatAForeignRoomHoldsIsToldByNoRoute() throws Exception {
    log.append(SECRET, new Author("s", "eve", "Eve"), List.of(new Draft(null, "\"hush\"")));
    for (String route : List.of("history", "join")) {
      assertThat(ask(route, "{\"room\":\"secret\",\"after\":0}").toString())
          .doesNotContain("hush", "head", "eve");
    }
    assertThat(ask("sync", "{\"rooms\":{\"secret\":0}}").toString()).doesNotContain("heads");
  }

  @Test
  void aRefusedSyncRestoresNoMembershipAtAll() {
    code("sync", "{\"rooms\":{\"lobby\":0,\"secret\":0}}");
    assertThat(membership.rooms("c1=")).isEmpty();
  }

  @Test
  void aSendmessageToAForeignRoomStoresNothing() {
    call("sendmessage", "{\"room\":\"secret\",\"data\":\"x\"}", context("ann"));
    call("sendmessage", "{\"room\":\"news\",\"data\":\"x\"}", context("ann"));
    assertThat(store.counter(SECRET).head()).isZero();
    assertThat(store.counter(NEWS).head()).isZero();
    call("sendmessage", "{\"data\":\"x\"}", context("ann"));
    assertThat(store.counter(LOBBY).head()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "history", "join", "sync"})
  void anExpiredTokenEndsSendingAndReading(String route) {
    String frame = "{\"room\":\"lobby\",\"data\":\"x\",\"ref\":7}";
    clock.pass(Duration.ofMinutes(10).minusMillis(1));
    assertThat(code(route, frame)).isIn("ack", "history", "joined", "heads");
    long head = store.counter(LOBBY).head();
    clock.pass(Duration.ofMillis(1));
    JsonNode answer = ask(route, frame);
    assertThat(answer.get("code").textValue()).isEqualTo("expired");
    assertThat(answer.get("temporary").booleanValue()).isFalse();
    assertThat(answer.get("ref").intValue()).isEqualTo(7);
    assertThat(store.counter(LOBBY).head()).isEqualTo(head);
  }

  @Test
  void anExpiredTokenSendsNothingOneWayEither() {
    clock.pass(Duration.ofMinutes(10));
    call("sendmessage", "{\"data\":\"x\"}", context("ann"));
    assertThat(store.counter(LOBBY).head()).isZero();
  }

  @Test
  void pushesEndWithTheTokenHoweverOftenItSyncsAndJoins() {
    code("join", "{\"room\":\"lobby\"}");
    clock.pass(Duration.ofMinutes(9));
    membership.leaveAll("c1=");
    code("sync", "{\"rooms\":{\"lobby\":0}}");
    code("join", "{\"room\":\"news\"}");
    assertThat(membership.members(LOBBY, end.minusSeconds(1))).hasSize(1);
    assertThat(membership.members(LOBBY, end)).isEmpty();
    assertThat(membership.members(NEWS, end)).isEmpty();
    clock.pass(Duration.ofMinutes(1));
    assertThat(code("sync", "{\"rooms\":{\"lobby\":0}}")).isEqualTo("expired");
    assertThat(code("sync", "{}")).isEqualTo("expired");
    assertThat(membership.members(LOBBY, clock.instant())).isEmpty();
  }

  @Test
  void leavingNeedsNoRight() {
    code("join", "{\"room\":\"lobby\"}");
    clock.pass(Duration.ofMinutes(11));
    assertThat(code("leave", "{\"room\":\"lobby\"}")).isEqualTo("left");
  }

  @Test
  void nothingInAFrameSetsTheSender() {
    call(
        "sendmessage",
        "{\"data\":\"x\",\"sender\":\"root\",\"name\":\"Root\",\"at\":1,\"position\":9,"
            + "\"type\":\"void\",\"scope\":\"token:root\",\"mode\":\"anonymous\"}",
        context("ann"));
    ask(
        "send",
        "{\"messages\":[{\"data\":\"y\",\"sender\":\"root\",\"name\":\"Root\",\"position\":9}],"
            + "\"sender\":\"root\"}");
    assertThat(store.after(LOBBY, 0, 10).entries())
        .hasSize(2)
        .allSatisfy(
            entry -> {
              Entry.Message message = (Entry.Message) entry;
              assertThat(message.sender()).isEqualTo("ann");
              assertThat(message.name()).isEqualTo("ann");
              assertThat(message.position()).isLessThan(3);
            });
  }

  @Test
  void theSameIdOfTwoSendersIsTwoMessagesAndOfOneOnTwoConnectionsIsOne() {
    String frame = "{\"data\":\"x\",\"id\":\"m1\"}";
    call("send", frame, context("ann"));
    call("send", frame, context("bob"));
    assertThat(store.counter(LOBBY).head()).isEqualTo(2);
    assertThat(ask("send", frame).path("acks").path(0).get("duplicate").booleanValue()).isTrue();
  }

  @Test
  void anAnonymousKeyReachesNoIdOfATokensHolder() {
    String frame = "{\"data\":\"x\",\"id\":\"m1\"}";
    call("send", frame, context("ann"));
    for (String key : List.of("token:ann", "ann")) {
      Map<String, Object> anonymous =
          Map.of("sender", "ann", "name", "ann", "room", "lobby", "client", key);
      assertThat(call("send", frame, anonymous).getBody()).contains("\"duplicate\":false");
    }
  }

  @Test
  void connectAsksForTheRightOnceMore() {
    APIGatewayV2WebSocketEvent event = new TwoWayFrames("c1=", clock.instant()).event("");
    event.getRequestContext().setAuthorizer(new HashMap<>(context("ann")));
    event.setQueryStringParameters(Map.of("room", "lobby,secret"));
    assertThat(new Connect(membership, clock).handleRequest(event, null).getStatusCode())
        .isEqualTo(403);
    assertThat(membership.rooms("c1=")).isEmpty();
  }
}
