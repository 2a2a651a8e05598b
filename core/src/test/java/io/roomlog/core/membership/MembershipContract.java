package io.roomlog.core.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Membership} promises. */
public abstract class MembershipContract {

  protected static final RoomName ROOM = new RoomName("lobby");
  protected static final RoomName OTHER = new RoomName("other");
  protected static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private Membership membership;

  /** A membership with nobody in it. */
  protected abstract Membership emptyMembership();

  @BeforeEach
  void startEmpty() {
    membership = emptyMembership();
  }

  @Test
  void whoeverJoinedIsAMemberAsItJoined() {
    Member member = membership.join(ROOM, connection("a="));
    assertThat(membership.members(ROOM, NOW)).containsExactly(member);
    assertThat(member.connection()).isEqualTo(connection("a="));
    assertThat(membership.members(OTHER, NOW)).isEmpty();
  }

  @Test
  void joiningAgainMakesNoSecondRowAndANewRegistration() {
    Member first = membership.join(ROOM, connection("a="));
    Member second = membership.join(ROOM, connection("a="));
    assertThat(second.registration()).isNotEqualTo(first.registration());
    assertThat(membership.members(ROOM, NOW)).containsExactly(second);
  }

  @Test
  void joiningManyTimesAtOnceMakesOneRowThatCanBeLeft() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 20)
          .forEach(_ -> threads.execute(() -> membership.join(ROOM, connection("a="))));
    }
    assertThat(membership.members(ROOM, NOW)).hasSize(1);
    assertThat(membership.leave(ROOM, "a=")).isTrue();
    assertThat(membership.members(ROOM, NOW)).isEmpty();
  }

  @Test
  void leavingTakesOutOneConnectionOfOneRoom() {
    membership.join(ROOM, connection("a="));
    membership.join(OTHER, connection("a="));
    membership.join(ROOM, connection("b="));
    assertThat(membership.leave(ROOM, "a=")).isTrue();
    assertThat(membership.leave(ROOM, "a=")).isFalse();
    assertThat(ids(ROOM)).containsExactly("b=");
    assertThat(ids(OTHER)).containsExactly("a=");
  }

  @Test
  void disconnectingLeavesEveryRoom() {
    membership.join(ROOM, connection("a="));
    membership.join(OTHER, connection("a="));
    membership.join(ROOM, connection("b="));
    assertThat(membership.leaveAll("a=")).isEqualTo(2);
    assertThat(membership.leaveAll("a=")).isZero();
    assertThat(ids(ROOM)).containsExactly("b=");
    assertThat(ids(OTHER)).isEmpty();
  }

  @Test
  void theRoomsOfAConnectionAreThoseThatItHasJoinedAndNotLeft() {
    membership.join(ROOM, connection("a="));
    membership.join(OTHER, connection("a="));
    membership.join(OTHER, connection("b="));
    assertThat(membership.rooms("a=")).containsExactlyInAnyOrder(ROOM, OTHER);
    membership.leave(ROOM, "a=");
    assertThat(membership.rooms("a=")).containsExactly(OTHER);
    assertThat(membership.rooms("nobody=")).isEmpty();
  }

  @Test
  void anExpiredMembershipIsNotFound() {
    membership.join(ROOM, connection("a="));
    Instant expiry = connection("a=").expiresAt();
    assertThat(membership.members(ROOM, expiry.minusMillis(1))).hasSize(1);
    assertThat(membership.members(ROOM, expiry)).isEmpty();
  }

  @Test
  void pruningRemovesExactlyThatRow() {
    Member member = membership.join(ROOM, connection("a="));
    membership.join(OTHER, connection("a="));
    membership.join(ROOM, connection("b="));
    assertThat(membership.prune(member)).isTrue();
    assertThat(membership.prune(member)).isFalse();
    assertThat(ids(ROOM)).containsExactly("b=");
    assertThat(ids(OTHER)).containsExactly("a=");
    assertThat(membership.leaveAll("a=")).isEqualTo(1);
  }

  @Test
  void pruningSparesWhoHasJoinedAgain() {
    Member before = membership.join(ROOM, connection("a="));
    Member after = membership.join(ROOM, connection("a="));
    assertThat(membership.prune(before)).isFalse();
    assertThat(membership.members(ROOM, NOW)).containsExactly(after);
    assertThat(membership.leave(ROOM, "a=")).isTrue();
  }

  @Test
  void aRoomOfMorePagesThanOneIsReadWhole() {
    String longName = "n".repeat(128);
    try (var threads = Executors.newFixedThreadPool(4)) {
      IntStream.range(0, 4_000)
          .mapToObj(i -> connection("c" + i + "=", longName))
          .forEach(connection -> threads.execute(() -> membership.join(ROOM, connection)));
    }
    assertThat(membership.members(ROOM, NOW)).hasSize(4_000);
  }

  private List<String> ids(RoomName room) {
    return membership.members(room, NOW).stream().map(member -> member.connection().id()).toList();
  }

  /** A connection of that id. */
  protected static Connection connection(String id) {
    return connection(id, "Ann");
  }

  private static Connection connection(String id, String name) {
    return new Connection(
        id, Dialect.PLAIN, name, name, NOW.minusSeconds(60), NOW.plus(Connection.MEMBERSHIP_LIFE));
  }
}
