package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Member;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.ManualClock;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames of one connection run at the same time, so what it may have is counted under its feet. */
class RoomLimitTest {

  private final ManualClock clock = new ManualClock();
  private final RoomLog log = new RoomLog(new MemoryLogStore(), clock, new Random(1), clock::pass);
  private final CrossedMembership membership = new CrossedMembership();
  private final TwoWayFrames ann = new TwoWayFrames("ann=", clock.instant());

  /** Does something else right after the next joining. */
  private static final class CrossedMembership extends MemoryMembership {
    private Runnable crossing = () -> {};

    @Override
    public synchronized Member join(RoomName room, Connection connection) {
      Member member = super.join(room, connection);
      Runnable now = crossing;
      crossing = () -> {};
      now.run();
      return member;
    }
  }

  private JsonNode join(String room) {
    return ann.ask(new Join(log, membership, clock), "{\"room\":\"" + room + "\"}");
  }

  @BeforeEach
  void inAsManyRoomsAsAreAllowedButOne() {
    IntStream.range(1, Connection.ROOMS_MAX).forEach(i -> join("r" + i));
  }

  @Test
  void aMemberThatJoinsAgainIsNotThrownOutForAnotherRoomThatIsOneTooMany() {
    join("r0");
    membership.crossing = () -> membership.join(new RoomName("too-many"), of("ann="));
    assertThat(join("r7").get("type").textValue()).isEqualTo("joined");
    assertThat(membership.rooms("ann=")).contains(new RoomName("r7"));
  }

  @Test
  void twoJoinsAtOnceDoNotPassTheLimitTogether() {
    membership.crossing = () -> membership.join(new RoomName("other"), of("ann="));
    assertThat(join("r0").get("code").textValue()).isEqualTo("too_many_rooms");
    assertThat(membership.rooms("ann="))
        .hasSize(Connection.ROOMS_MAX)
        .doesNotContain(new RoomName("r0"));
  }

  private Connection of(String id) {
    return membership.connections(new RoomName("r1"), clock.instant()).stream()
        .filter(connection -> connection.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
