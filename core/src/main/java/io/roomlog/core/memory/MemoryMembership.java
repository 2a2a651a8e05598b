package io.roomlog.core.memory;

import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps memberships in memory, in one shard. Safe for use by many threads. */
public class MemoryMembership implements Membership {

  private record Key(RoomName room, String connectionId) {}

  private final Map<Key, Member> rows = new LinkedHashMap<>();
  private long registrations;

  @Override
  public synchronized Member join(RoomName room, Connection connection) {
    Member member = new Member(room, 0, connection, "r" + ++registrations);
    rows.put(new Key(room, connection.id()), member);
    return member;
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
  public synchronized List<Member> members(RoomName room, Instant now) {
    return rows.values().stream()
        .filter(member -> member.room().equals(room))
        .filter(member -> now.isBefore(member.connection().expiresAt()))
        .toList();
  }

  @Override
  public synchronized boolean prune(Member member) {
    return rows.remove(new Key(member.room(), member.connection().id()), member);
  }
}
