package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Member;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BannedTest {

  private static final RoomName LOBBY = new RoomName("lobby");
  private static final String SENDER = "ann";

  private final ManualClock clock = new ManualClock();
  private final MemoryLogStore log = new MemoryLogStore();
  private final MemoryMembership membership = new MemoryMembership();
  private final RoomLog rooms = new RoomLog(log, clock, new Random(1), clock::pass);
  private final TwoWayFrames ann = new TwoWayFrames("ann=", clock.instant());
  private final Instant end = clock.instant().plusSeconds(600);

  @BeforeEach
  void ban() {
    ann.ask(new Send(rooms), "{\"data\":\"before\"}");
    log.change(Optional.of(LOBBY), clock.instant(), bans -> bans.with(SENDER, end));
  }

  private static void assertForbidden(JsonNode answer) {
    assertThat(answer.path("code").asText()).isEqualTo("forbidden");
    assertThat(answer.path("message").asText()).startsWith("the sender is banned until 20");
    assertThat(answer.path("temporary").asBoolean(true)).isFalse();
  }

  @Test
  void sendingReadingAndJoiningAreForbiddenUntilTheBanEnds() {
    assertForbidden(ann.ask(new Send(rooms), "{\"data\":1,\"ref\":1}"));
    assertForbidden(ann.ask(new History(rooms), "{}"));
    assertForbidden(ann.ask(new History(rooms), "{\"after\":0}"));
    assertForbidden(ann.ask(new History(rooms), "{\"before\":2}"));
    Join join = new Join(rooms, membership, clock);
    assertForbidden(ann.ask(join, "{\"room\":\"lobby\"}"));
    assertForbidden(ann.ask(join, "{\"room\":\"lobby\",\"after\":0}"));
    assertThat(membership.members(LOBBY, clock.instant())).isEmpty();
    assertThat(log.counter(LOBBY).head()).isEqualTo(1);
    assertThat(ann.ask(new Send(rooms), "{\"data\":1,\"room\":\"other\"}").has("acks")).isTrue();

    clock.pass(Duration.ofSeconds(601));
    assertThat(ann.ask(new Send(rooms), "{\"data\":1}").has("acks")).isTrue();
    assertThat(ann.ask(join, "{\"room\":\"lobby\"}").path("head").asInt()).isEqualTo(2);
  }

  @Test
  void syncPutsNobodyBackWhoIsBannedTellsNoHeadAndSaysWhy() {
    Sync sync = new Sync(rooms, membership, clock);
    JsonNode answer = ann.ask(sync, "{\"rooms\":{\"lobby\":0,\"other\":0}}");
    JsonNode heads = answer.path("rooms");
    assertThat(heads.has("lobby")).isFalse();
    assertThat(heads.has("other")).isTrue();
    assertThat(answer.path("forbidden").propertyStream())
        .containsExactly(Map.entry("lobby", new TextNode("the sender is banned until " + end)));
    assertThat(membership.rooms("ann=")).containsExactly(new RoomName("other"));
  }

  @Test
  void whoIsBannedIsNotInTheRoomForAMomentHoweverItIsTried() {
    List<RoomName> joined = new ArrayList<>();
    MemoryMembership noted =
        new MemoryMembership() {
          @Override
          public synchronized Member join(RoomName room, Connection connection) {
            joined.add(room);
            return super.join(room, connection);
          }
        };
    assertForbidden(ann.ask(new Join(rooms, noted, clock), "{\"room\":\"lobby\"}"));
    ann.ask(new Sync(rooms, noted, clock), "{\"rooms\":{\"lobby\":0,\"other\":0}}");
    assertThat(joined).containsExactly(new RoomName("other"));
  }

  @Test
  void syncOfAllThatWasJoinedSaysWhyARoomIsMissingOnceAndTakesTheConnectionOutOfIt() {
    Sync sync = new Sync(rooms, membership, clock);
    Join join = new Join(rooms, membership, clock);
    ann.ask(join, "{\"room\":\"other\"}");
    log.change(Optional.of(new RoomName("other")), clock.instant(), bans -> bans.with(SENDER, end));
    assertThat(ann.ask(sync, "{}").path("forbidden").has("other")).isTrue();
    assertThat(ann.ask(sync, "{}").has("forbidden")).isFalse();
    assertThat(membership.rooms("ann=")).isEmpty();
  }
}
