package io.roomlog.core.memory;

import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.membership.Roster;
import io.roomlog.core.membership.Shards;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps memberships in memory. Safe for use by many threads; each call is atomic. */
public class MemoryMembership implements Membership {

  private record Key(RoomName room, String connectionId) {}

  private record Row(Member member, Connection connection) {}

  private final Map<Key, Row> rows = new LinkedHashMap<>();
  private final Map<RoomName, Integer> shards = new HashMap<>();
  private long registrations;

  @Override
  public synchronized Member join(RoomName room, Connection connection) {
    Key key = new Key(room, connection.id());
    Row before = rows.get(key);
    int shard = before == null ? Shards.of(connection.id(), shards(room)) : before.member().shard();
    Member member = Member.of(room, shard, connection, "r" + ++registrations);
    rows.put(key, new Row(member, connection));
    return member;
  }

  private int shards(RoomName room) {
    return shards.getOrDefault(room, 1);
  }

  @Override
  public synchronized boolean leave(RoomName room, String connectionId) {
    return rows.remove(new Key(room, connectionId)) != null;
  }

  @Override
  public synchronized int leaveAll(String connectionId) {
    int before = rows.size();
    rows.keySet().removeIf(key -> key.connectionId().equals(connectionId));
    return before - rows.size();
  }

  @Override
  public synchronized List<RoomName> rooms(String connectionId) {
    return rows.keySet().stream()
        .filter(key -> key.connectionId().equals(connectionId))
        .map(Key::room)
        .toList();
  }

  @Override
  public synchronized Roster roster(RoomName room, Instant now) {
    List<Member> all =
        rows.values().stream()
            .map(Row::member)
            .filter(member -> member.room().equals(room))
            .toList();
    List<Member> members = all.stream().filter(member -> now.isBefore(member.expiresAt())).toList();
    return new Roster(members, all.size(), shards(room));
  }

  @Override
  public synchronized List<Connection> connections(RoomName room, Instant now) {
    return rows.values().stream()
        .filter(row -> row.member().room().equals(room))
        .map(Row::connection)
        .filter(connection -> now.isBefore(connection.expiresAt()))
        .toList();
  }

  @Override
  public synchronized Optional<List<Member>> membersUpTo(int most, RoomName room, Instant now) {
    Roster roster = roster(room, now);
    return roster.rows() > most ? Optional.empty() : Optional.of(roster.members());
  }

  @Override
  public synchronized boolean grow(RoomName room, int wanted) {
    Shards.check(wanted);
    return shards(room) != shards.merge(room, wanted, Math::max);
  }

  @Override
  public synchronized boolean prune(Member member) {
    Key key = new Key(member.room(), member.connectionId());
    Row row = rows.get(key);
    return row != null && row.member().equals(member) && rows.remove(key, row);
  }
}
