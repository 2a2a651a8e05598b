package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.Author;
import io.roomlog.core.log.Counter;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.log.Slice;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Member;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.wire.Cut;
import io.roomlog.core.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes that read: join, leave, history and sync. */
class ReadingTest {

  private static final RoomName LOBBY = new RoomName("lobby");
  private static final RoomName KITCHEN = new RoomName("kitchen");

  private final ManualClock clock = new ManualClock();
  private final List<String> calls = new ArrayList<>();
  private final NotedStore store = new NotedStore(calls);
  private final NotedMembership membership = new NotedMembership(calls);
  private final RoomLog log = new RoomLog(store, clock, new Random(1), clock::pass);
  private final History history = new History(log);
  private final TwoWayFrames ann = new TwoWayFrames("ann=", clock.instant());

  /** Notes when heads are read, and how many entries. */
  private static final class NotedStore extends MemoryLogStore {
    private final List<String> calls;
    private boolean unavailable;

    NotedStore(List<String> calls) {
      this.calls = calls;
    }

    @Override
    public synchronized Counter counter(RoomName room) {
      calls.add("head of " + room);
      if (unavailable) {
        throw new StorageUnavailable("GetItem rooms", "injected", new RuntimeException());
      }
      return super.counter(room);
    }

    @Override
    public synchronized Slice after(RoomName room, long after, int limit) {
      calls.add("read " + limit);
      return super.after(room, after, limit);
    }

    @Override
    public synchronized Slice before(RoomName room, long before, int limit) {
      calls.add("read " + limit);
      return super.before(room, before, limit);
    }
  }

  /** Notes when memberships begin. */
  private static final class NotedMembership extends MemoryMembership {
    private final List<String> calls;

    NotedMembership(List<String> calls) {
      this.calls = calls;
    }

    @Override
    public synchronized Member join(RoomName room, Connection connection) {
      calls.add("join " + room);
      return super.join(room, connection);
    }
  }

  private JsonNode join(String frame) {
    return ann.ask(new Join(log, membership, clock), frame);
  }

  private JsonNode history(String frame) {
    return ann.ask(history, frame);
  }

  private JsonNode sync(String frame) {
    return ann.ask(new Sync(log, membership, clock), frame);
  }

  private JsonNode leave(String frame) {
    return ann.ask(new Leave(membership), frame);
  }

  private void write(int messages) {
    write(messages, 1);
  }

  private void write(int messages, int letters) {
    IntStream.range(0, messages)
        .forEach(_ -> append(new Draft(null, "\"" + "x".repeat(letters) + "\"")));
  }

  private void append(Draft draft) {
    try {
      log.append(LOBBY, new Author("s", "bob", "Bob"), List.of(draft));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Long> positions(JsonNode page) {
    return page.get("messages").valueStream().map(one -> one.get("position").longValue()).toList();
  }

  @Test
  void joiningTellsTheTwoEndsOfTheLogAndNoEntries() {
    write(3);
    assertThat(join("{\"room\":\"lobby\",\"ref\":\"j\"}").toString())
        .isEqualTo("{\"type\":\"joined\",\"ref\":\"j\",\"room\":\"lobby\",\"head\":3,\"first\":1}");
    assertThat(join("{\"room\":\"new\"}").toString())
        .isEqualTo("{\"type\":\"joined\",\"room\":\"new\",\"head\":0,\"first\":1}");
  }

  @Test
  void theConnectionIsRegisteredBeforeTheHeadIsRead() {
    join("{\"room\":\"lobby\"}");
    join("{\"room\":\"lobby\",\"after\":0}");
    assertThat(calls)
        .as("before the first joining the head is read for its bans alone")
        .containsExactly(
            "head of lobby",
            "join lobby",
            "head of lobby",
            "join lobby",
            "head of lobby",
            "read 100");
  }

  @Test
  void aMembershipEndsWithTheConnectionNotWithTheJoin() {
    clock.pass(Duration.ofMinutes(100));
    join("{\"room\":\"lobby\"}");
    assertThat(membership.connections(LOBBY, clock.instant()))
        .containsExactly(
            new Connection(
                "ann=",
                Dialect.ROOMLOG,
                "ann",
                "Ann",
                clock.instant(),
                ann.connectedAt().plus(Connection.MEMBERSHIP_LIFE)));
  }

  @Test
  void joiningWithAfterGivesExactlyWhatWasMissed() {
    write(5);
    JsonNode joined = join("{\"room\":\"lobby\",\"after\":2}");
    assertThat(positions(joined)).containsExactly(3L, 4L, 5L);
    assertThat(joined.get("from").longValue()).isEqualTo(3);
    assertThat(joined.get("to").longValue()).isEqualTo(5);
    assertThat(joined.get("recovered").booleanValue()).isTrue();
    assertThat(joined.get("more").booleanValue()).isFalse();
    assertThat(joined.get("pending").booleanValue()).isFalse();
  }

  @Test
  void whoHasEverythingGetsAnEmptyPage() {
    write(5);
    JsonNode joined = join("{\"room\":\"lobby\",\"after\":5}");
    assertThat(joined.get("from").longValue()).isEqualTo(6);
    assertThat(joined.get("to").longValue()).isEqualTo(5);
    assertThat(joined.get("recovered").booleanValue()).isTrue();
    assertThat(joined.get("messages")).isEmpty();
  }

  @Test
  void whoIsAheadOfTheHeadHasSeenAnotherLog() {
    write(5);
    JsonNode joined = join("{\"room\":\"lobby\",\"after\":6}");
    assertThat(joined.get("recovered").booleanValue()).isFalse();
    assertThat(joined.get("head").longValue()).isEqualTo(5);
    assertThat(joined.get("messages")).isEmpty();
  }

  @Test
  void aConnectionJoinsFiftyRoomsAndNotOneMore() {
    IntStream.range(0, 50).forEach(i -> join("{\"room\":\"r" + i + "\"}"));
    assertThat(join("{\"room\":\"r7\"}").get("type").textValue()).isEqualTo("joined");
    JsonNode refused = join("{\"room\":\"one-more\",\"ref\":1}");
    assertThat(refused.get("code").textValue()).isEqualTo("too_many_rooms");
    assertThat(refused.get("message").textValue()).contains("50");
    assertThat(membership.rooms("ann=")).hasSize(50).doesNotContain(new RoomName("one-more"));
    assertThat(sync("{\"rooms\":{\"one-more\":0}}").get("code").textValue())
        .isEqualTo("too_many_rooms");
    assertThat(sync("{\"rooms\":{\"r7\":0}}").get("type").textValue()).isEqualTo("heads");
  }

  @Test
  void leavingEndsTheMembershipAndOnlyOnce() {
    join("{\"room\":\"lobby\"}");
    assertThat(leave("{\"room\":\"lobby\",\"ref\":1}").toString())
        .isEqualTo("{\"type\":\"left\",\"ref\":1,\"room\":\"lobby\"}");
    assertThat(membership.members(LOBBY, clock.instant())).isEmpty();
    assertThat(leave("{\"room\":\"lobby\"}").get("code").textValue()).isEqualTo("not_a_member");
  }

  @Test
  void historyReadsTheLatestOrFromAPositionInEitherDirection() {
    write(100);
    assertThat(positions(history("{\"limit\":3}"))).containsExactly(98L, 99L, 100L);
    assertThat(positions(history("{\"before\":10,\"limit\":3}"))).containsExactly(7L, 8L, 9L);
    assertThat(positions(history("{\"after\":10,\"limit\":3}"))).containsExactly(11L, 12L, 13L);
    assertThat(positions(history("{\"room\":\"kitchen\"}"))).isEmpty();
    assertThat(positions(history("{}"))).hasSize(50).endsWith(100L);
  }

  @Test
  void moreSaysWhetherThereIsMoreInTheDirectionRead() {
    write(10);
    assertThat(history("{\"limit\":10}").get("more").booleanValue()).isFalse();
    assertThat(history("{\"limit\":9}").get("more").booleanValue()).isTrue();
    assertThat(history("{\"before\":1}").get("more").booleanValue()).isFalse();
    assertThat(history("{\"after\":0,\"limit\":10}").get("more").booleanValue()).isFalse();
    assertThat(history("{\"after\":0,\"limit\":9}").get("more").booleanValue()).isTrue();
    assertThat(history("{\"after\":10}").get("more").booleanValue()).isFalse();
  }

  @Test
  void aForwardPageIsCutAtItsNewEndAndABackwardOneAtItsOldEnd() {
    write(10, 5_000);
    JsonNode forward = history("{\"after\":0}");
    assertThat(positions(forward)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(forward.get("to").longValue()).isEqualTo(5);
    assertThat(forward.get("more").booleanValue()).isTrue();
    JsonNode backward = history("{}");
    assertThat(positions(backward)).containsExactly(6L, 7L, 8L, 9L, 10L);
    assertThat(backward.get("from").longValue()).isEqualTo(6);
    assertThat(backward.get("more").booleanValue()).isTrue();
    assertThat(Json.bytes(backward.toString())).isLessThanOrEqualTo(Cut.FRAME_BYTES_MAX);
  }

  @Test
  void noMoreIsReadThanWhatAFrameOfTheRoomIsExpectedToHold() {
    write(100, 20_000);
    history("{\"limit\":1000}");
    history("{\"limit\":1000}");
    history("{\"after\":0,\"limit\":1}");
    history("{\"room\":\"kitchen\",\"after\":0,\"limit\":1000}");
    assertThat(calls.stream().filter(call -> call.startsWith("read")))
        .containsExactly("read 100", "read 2", "read 1", "read 100");
  }

  @Test
  void aPositionThatIsStillBeingWrittenEndsAPage() {
    write(2);
    store.claim(LOBBY, 1, clock.instant(), Retention.forever());
    write(1);
    JsonNode forward = history("{\"after\":0}");
    assertThat(positions(forward)).containsExactly(1L, 2L);
    assertThat(forward.get("more").booleanValue()).isTrue();
    assertThat(forward.get("pending").booleanValue()).isTrue();
    JsonNode backward = history("{}");
    assertThat(positions(backward)).containsExactly(1L, 2L);
    assertThat(backward.get("pending").booleanValue()).isTrue();

    clock.pass(Duration.ofSeconds(6));
    JsonNode closed = history("{\"after\":0}");
    assertThat(closed.get("pending").booleanValue()).isFalse();
    assertThat(closed.get("messages").get(2).toString())
        .isEqualTo("{\"position\":3,\"type\":\"void\"}");
  }

  @Test
  void syncTellsTheHeadsOfTheRoomsNamedOrOfAllThatAreJoined() {
    write(4);
    join("{\"room\":\"lobby\"}");
    join("{\"room\":\"kitchen\"}");
    assertThat(sync("{\"ref\":2,\"rooms\":{\"lobby\":4}}").toString())
        .isEqualTo("{\"type\":\"heads\",\"ref\":2,\"rooms\":{\"lobby\":4}}");
    assertThat(sync("{}").get("rooms").toString()).isEqualTo("{\"lobby\":4,\"kitchen\":0}");
    assertThat(sync("{\"rooms\":{}}").get("rooms")).isEmpty();
  }

  @Test
  void syncPutsAConnectionBackWhereItWasPrunedAndReadsTheHeadAfterThat() {
    join("{\"room\":\"lobby\"}");
    membership.leaveAll("ann=");
    calls.clear();
    sync("{\"rooms\":{\"lobby\":0,\"kitchen\":0}}");
    assertThat(membership.rooms("ann=")).containsExactly(LOBBY, KITCHEN);
    assertThat(calls)
        .as("before a joining the head is read for its bans alone")
        .containsExactly(
            "head of lobby",
            "join lobby",
            "head of kitchen",
            "join kitchen",
            "head of lobby",
            "head of kitchen");
    calls.clear();
    sync("{\"rooms\":{\"lobby\":0}}");
    assertThat(calls)
        .as("a membership that is there is left alone")
        .containsExactly("head of lobby");
  }

  @Test
  void syncWithoutRoomsRestoresNothing() {
    join("{\"room\":\"lobby\"}");
    membership.leaveAll("ann=");
    assertThat(sync("{}").get("rooms")).isEmpty();
    assertThat(membership.rooms("ann=")).isEmpty();
  }

  @Test
  void aStorageThatDoesNotAnswerIsSaidToBeTemporary() {
    store.unavailable = true;
    for (JsonNode answer :
        List.of(join("{\"room\":\"lobby\"}"), history("{}"), sync("{\"rooms\":{\"lobby\":1}}"))) {
      assertThat(answer.get("code").textValue()).isEqualTo("unavailable");
      assertThat(answer.get("temporary").booleanValue()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          join    | {}                                 | invalid_room  | room is not 1-128 characters of A-Z a-z 0-9 . _ : -
          join    | {"room":7}                         | invalid_room  | room is not 1-128 characters of A-Z a-z 0-9 . _ : -
          join    | {"room":"lobby","after":-1}        | invalid_field | after is not a whole number from 0 to 9007199254740991
          join    | {"room":"lobby","after":1.5}       | invalid_field | after is not a whole number from 0 to 9007199254740991
          join    | {"room":"lobby","after":"1"}       | invalid_field | after is not a whole number from 0 to 9007199254740991
          join    | {"room":"lobby","after":1e20}      | invalid_field | after is not a whole number from 0 to 9007199254740991
          join    | {"room":"lobby","after":9007199254740992} | invalid_field | after is not a whole number from 0 to 9007199254740991
          join    | {"room":"lobby","after":null}      | invalid_field | after is not a whole number from 0 to 9007199254740991
          leave   | {}                                 | invalid_room  | room is not 1-128 characters of A-Z a-z 0-9 . _ : -
          history | {"before":0}                       | invalid_field | before is not a whole number from 1 to 9007199254740991
          history | {"after":1,"before":5}             | invalid_field | after and before stand in one frame
          history | {"limit":0}                        | invalid_field | limit is not a whole number from 1 to 1000
          history | {"limit":1001}                     | invalid_field | limit is not a whole number from 1 to 1000
          history | {"room":""}                        | invalid_room  | room is not 1-128 characters of A-Z a-z 0-9 . _ : -
          sync    | {"rooms":["lobby"]}                | invalid_field | rooms is not an object of rooms and positions
          sync    | {"rooms":{"a b":1}}                | invalid_room  | a name in rooms is not 1-128 characters of A-Z a-z 0-9 . _ : -
          sync    | {"rooms":{"lobby":-1}}             | invalid_field | lobby is not a whole number from 0 to 9007199254740991
          """)
  void whatIsNotTakenIsNamedAndChangesNothing(
      String route, String frame, String code, String message) {
    JsonNode answer =
        switch (route) {
          case "join" -> join(frame);
          case "leave" -> leave(frame);
          case "history" -> history(frame);
          default -> sync(frame);
        };
    assertThat(answer.get("code").textValue()).isEqualTo(code);
    assertThat(answer.get("message").textValue()).isEqualTo(message);
    assertThat(calls).isEmpty();
  }

  @Test
  void wholeNumbersMayBeWrittenAsJsonWritesThem() {
    write(3);
    assertThat(positions(history("{\"after\":1.0}"))).containsExactly(2L, 3L);
    assertThat(positions(history("{\"after\":2e0,\"limit\":1}"))).containsExactly(3L);
  }

  @Test
  void aFrameOfRoomsIsBounded() {
    StringBuilder rooms = new StringBuilder();
    IntStream.range(0, 51).forEach(i -> rooms.append(",\"r").append(i).append("\":0"));
    JsonNode answer = sync("{\"rooms\":{" + rooms.substring(1) + "}}");
    assertThat(answer.get("code").textValue()).isEqualTo("too_many_rooms");
    assertThat(calls).isEmpty();
  }
}
