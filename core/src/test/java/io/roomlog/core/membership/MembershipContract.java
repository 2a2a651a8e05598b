package io.roomlog.core.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomlog.core.RoomName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(member).isEqualTo(Member.of(ROOM, 0, connection("a="), member.registration()));
    assertThat(membership.connections(ROOM, NOW)).containsExactly(connection("a="));
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
  void whoeverLooksForASenderFindsAllItsConnectionsInTheRoom() {
    membership.join(ROOM, connection("a=", "Ann"));
    membership.join(ROOM, connection("b=", "Bob"));
    membership.join(ROOM, connection("c=", "Ann"));
    membership.join(OTHER, connection("d=", "Ann"));
    membership.leave(ROOM, "a=");
    membership.join(ROOM, connection("a=", "Ann"));
    Instant end = connection("a=").expiresAt();
    assertThat(membership.connections(ROOM, NOW))
        .filteredOn(connection -> connection.sender().equals("Ann"))
        .extracting(Connection::id)
        .containsExactlyInAnyOrder("a=", "c=");
    assertThat(membership.connections(ROOM, end)).isEmpty();
  }

  @Test
  void aRoomOfMorePagesThanOneIsReadWhole() {
    String longId = "i".repeat(300);
    try (var threads = Executors.newFixedThreadPool(4)) {
      IntStream.range(0, 4_000)
          .mapToObj(i -> connection(longId + i + "="))
          .forEach(connection -> threads.execute(() -> membership.join(ROOM, connection)));
    }
    assertThat(membership.members(ROOM, NOW)).hasSize(4_000);
  }

  @Test
  void aRoomBeginsWithOneShard() {
    membership.join(ROOM, connection("a="));
    assertThat(membership.roster(ROOM, NOW).shards()).isEqualTo(1);
    assertThat(membership.roster(OTHER, NOW)).isEqualTo(new Roster(List.of(), 0, 1));
  }

  @Test
  void whenARoomGrowsOldRowsStayAndNewOnesAreSpread() {
    List<Member> before = joinMany("old", 10);
    assertThat(membership.grow(ROOM, 8)).isTrue();
    List<Member> after = joinMany("new", 50);
    assertThat(before).allMatch(member -> member.shard() == 0);
    assertThat(after.stream().map(Member::shard).distinct())
        .hasSize(8)
        .allMatch(shard -> shard < 8);
    Roster roster = membership.roster(ROOM, NOW);
    assertThat(roster.members()).containsAll(before).containsAll(after).hasSize(60);
    assertThat(roster.shards()).isEqualTo(8);
    assertThat(membership.roster(OTHER, NOW).shards()).isEqualTo(1);
  }

  @Test
  void theNumberOfShardsNeverFalls() {
    assertThat(membership.grow(ROOM, 1)).isFalse();
    assertThat(membership.grow(ROOM, 8)).isTrue();
    assertThat(membership.grow(ROOM, 8)).isFalse();
    assertThat(membership.grow(ROOM, 7)).isFalse();
    assertThat(membership.roster(ROOM, NOW).shards()).isEqualTo(8);
    assertThat(membership.grow(ROOM, Shards.COUNT_MAX)).isTrue();
    assertThat(membership.roster(ROOM, NOW).shards()).isEqualTo(Shards.COUNT_MAX);
  }

  @Test
  void aRoomHasNoMoreShardsThanItMay() {
    assertThatIllegalArgumentException().isThrownBy(() -> membership.grow(ROOM, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> membership.grow(ROOM, Shards.COUNT_MAX + 1));
    assertThat(membership.roster(ROOM, NOW).shards()).isEqualTo(1);
  }

  @Test
  void whoJoinsAgainStaysInItsShardHoweverManyThereAre() {
    List<Member> before = joinMany("c", 20);
    membership.grow(ROOM, 16);
    List<Member> again = joinMany("c", 20);
    assertThat(again).extracting(Member::shard).containsOnly(0);
    assertThat(membership.members(ROOM, NOW)).containsExactlyInAnyOrderElementsOf(again);
    assertThat(membership.prune(before.getFirst())).isFalse();
    assertThat(membership.prune(again.getFirst())).isTrue();
    again.subList(1, 20).forEach(member -> membership.leaveAll(member.connectionId()));
    assertThat(membership.roster(ROOM, NOW).rows()).isZero();
  }

  @Test
  void aReadingUpToALimitEndsWithOneRowMore() {
    List<Member> two = joinMany("c", 2);
    assertThat(membership.membersUpTo(2, ROOM, NOW).orElseThrow())
        .containsExactlyInAnyOrderElementsOf(two);
    membership.join(ROOM, connection("third="));
    assertThat(membership.membersUpTo(2, ROOM, NOW)).isEmpty();
    assertThat(membership.membersUpTo(3, ROOM, NOW).orElseThrow()).hasSize(3);
    assertThat(membership.membersUpTo(1, OTHER, NOW)).contains(List.of());
  }

  @Test
  void aReadingUpToALimitCountsAllShards() {
    membership.grow(ROOM, 16);
    joinMany("c", 40);
    assertThat(membership.membersUpTo(39, ROOM, NOW)).isEmpty();
    assertThat(membership.membersUpTo(40, ROOM, NOW).orElseThrow()).hasSize(40);
  }

  @Test
  void expiredRowsAreReadAndSoTheyCount() {
    joinMany("c", 2);
    Instant expired = connection("c0=").expiresAt();
    assertThat(membership.roster(ROOM, expired)).isEqualTo(new Roster(List.of(), 2, 1));
    assertThat(membership.membersUpTo(2, ROOM, expired)).contains(List.of());
    assertThat(membership.membersUpTo(1, ROOM, expired)).isEmpty();
  }

  /** One call after the other, in any order: the rows are those that a set would hold. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void inAnyOrderOfCallsARoomHoldsWhoJoinedAndHasNotLeft(long seed) {
    Random random = new Random(seed);
    Map<String, Member> expected = new TreeMap<>();
    int shards = 1;
    for (int step = 0; step < 120; step++) {
      String id = "c" + random.nextInt(12) + "=";
      switch (random.nextInt(6)) {
        case 0 -> assertThat(membership.leave(ROOM, id)).isEqualTo(expected.remove(id) != null);
        case 1 -> {
          Member pruned = expected.getOrDefault(id, Member.of(ROOM, 0, connection(id), "none"));
          assertThat(membership.prune(pruned)).isEqualTo(expected.remove(id) != null);
        }
        case 2 -> {
          int wanted = 1 + random.nextInt(1 + step / 4);
          assertThat(membership.grow(ROOM, wanted)).isEqualTo(wanted > shards);
          shards = Math.max(shards, wanted);
        }
        default -> expected.put(id, membership.join(ROOM, connection(id)));
      }
      Roster roster = membership.roster(ROOM, NOW);
      assertThat(roster.members())
          .as("seed %d, step %d", seed, step)
          .containsExactlyInAnyOrderElementsOf(expected.values());
      assertThat(roster.shards()).isEqualTo(shards);
    }
  }

  /** Many at once: what each has done is so, whatever the others do to the number of shards. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoeverHasJoinedIsFoundWhileTheRoomGrows(long seed) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String id = "c" + i + "=";
        Random random = new Random(seed * 100 + i);
        all.add(threads.submit(() -> comeAndGo(id, random)));
      }
      for (int shards = 2; shards <= 64; shards *= 2) {
        membership.grow(ROOM, shards);
      }
      all.forEach(MembershipContract::finish);
    }
    assertThat(membership.roster(ROOM, NOW)).isEqualTo(new Roster(List.of(), 0, 64));
  }

  private void comeAndGo(String id, Random random) {
    for (int round = 0; round < 6; round++) {
      Member member = membership.join(ROOM, connection(id));
      if (random.nextBoolean()) {
        member = membership.join(ROOM, connection(id));
      }
      Member last = member;
      assertThat(membership.members(ROOM, NOW))
          .filteredOn(each -> each.connectionId().equals(id))
          .containsExactly(last);
      assertThat(membership.leave(ROOM, id)).isTrue();
      assertThat(ids(ROOM)).doesNotContain(id);
    }
  }

  private static void finish(Future<?> task) {
    try {
      task.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private List<Member> joinMany(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> membership.join(ROOM, connection(name + i + "=")))
        .toList();
  }

  private List<String> ids(RoomName room) {
    return membership.members(room, NOW).stream().map(member -> member.connectionId()).toList();
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
