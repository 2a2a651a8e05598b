package io.roomlog.bench.time;

import io.roomlog.bench.Connections;
import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.membership.Roster;
import io.roomlog.core.membership.Shards;
import io.roomlog.core.testing.VirtualTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Rooms whose members neither join nor leave, in virtual time. A reading takes as long as the
 * number of shards, and after it 64 queries at a time, one page each. What the function's processor
 * spends on the rows is not in it.
 */
final class SimulatedRooms implements Membership {

  /** As the real membership reads them. */
  private static final int SHARDS_AT_ONCE = 64;

  /** A membership's row as the table counts it. */
  private static final double ROW_BYTES = 57;

  private final VirtualTime time;
  private final Latencies latencies;
  private final RandomGenerator random;
  private final Map<RoomName, List<Member>> rooms = new HashMap<>();
  private final Set<String> pruned = new HashSet<>();

  SimulatedRooms(VirtualTime time, Latencies latencies, RandomGenerator random) {
    this.time = time;
    this.latencies = latencies;
    this.random = random;
  }

  void add(RoomName room, String prefix, int connections) {
    rooms.put(
        room,
        IntStream.range(0, connections)
            .mapToObj(i -> Connections.of(prefix, i, Dialect.ROOMLOG, VirtualTime.START))
            .map(connection -> Member.of(room, 0, connection, "r"))
            .toList());
  }

  @Override
  public Roster roster(RoomName room, Instant now) {
    List<Member> members = members(room);
    int shards = Shards.wanted(members.size(), 1);
    double pageBytes = ROW_BYTES * members.size() / shards;
    time.pass(latencies.ofCall(random));
    for (int left = shards; left > 0; left -= SHARDS_AT_ONCE) {
      time.pass(latencies.ofQueries(Math.min(left, SHARDS_AT_ONCE), pageBytes, random));
    }
    return new Roster(sound(members), members.size(), shards);
  }

  private List<Member> sound(List<Member> members) {
    return pruned.isEmpty()
        ? members
        : members.stream().filter(member -> !pruned.contains(member.connectionId())).toList();
  }

  private List<Member> members(RoomName room) {
    return Objects.requireNonNull(rooms.get(room), room.value());
  }

  @Override
  public Optional<List<Member>> membersUpTo(int most, RoomName room, Instant now) {
    if (members(room).size() <= most) {
      return Optional.of(members(room, now));
    }
    time.pass(latencies.ofCall(random));
    time.pass(latencies.ofQueries(1, ROW_BYTES * most, random));
    return Optional.empty();
  }

  @Override
  public List<Connection> connections(RoomName room, Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean prune(Member member) {
    time.pass(latencies.ofCall(random));
    return pruned.add(member.connectionId());
  }

  @Override
  public boolean grow(RoomName room, int shards) {
    return false;
  }

  @Override
  public Member join(RoomName room, Connection connection) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean leave(RoomName room, String connectionId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int leaveAll(String connectionId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<RoomName> rooms(String connectionId) {
    throw new UnsupportedOperationException();
  }
}
