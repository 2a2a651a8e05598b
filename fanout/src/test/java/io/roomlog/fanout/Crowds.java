package io.roomlog.fanout;

import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.membership.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Rooms of so many members, named after the room and their number; nobody joins or leaves. */
final class Crowds implements Membership {

  private static final Instant JOINED = VirtualTime.START.minusSeconds(600);

  private final VirtualTime time;
  private final Duration readTime;
  private final Map<RoomName, List<Member>> rooms = new TreeMap<>();
  final List<RoomName> read = Collections.synchronizedList(new ArrayList<>());
  final List<String> pruned = Collections.synchronizedList(new ArrayList<>());

  Crowds(VirtualTime time, Duration readTime) {
    this.time = time;
    this.readTime = readTime;
  }

  void room(String name, int members, Dialect dialect) {
    RoomName room = new RoomName(name);
    rooms.put(
        room,
        IntStream.range(0, members)
            .mapToObj(i -> Member.of(room, 0, connection(name + i, dialect), "r" + i))
            .toList());
  }

  private static Connection connection(String id, Dialect dialect) {
    return new Connection(
        id, dialect, id, id, JOINED, VirtualTime.START.plus(Connection.MEMBERSHIP_LIFE));
  }

  @Override
  public Roster roster(RoomName room, Instant now) {
    read.add(room);
    time.of(readTime);
    List<Member> members = rooms.getOrDefault(room, List.of());
    return new Roster(members, members.size(), 1);
  }

  @Override
  public List<Connection> connections(RoomName room, Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean prune(Member member) {
    time.of(readTime);
    return pruned.add(member.connectionId());
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

  @Override
  public Optional<List<Member>> membersUpTo(int most, RoomName room, Instant now) {
    return Optional.of(members(room, now)).filter(members -> members.size() <= most);
  }

  @Override
  public boolean grow(RoomName room, int shards) {
    return false;
  }
}
