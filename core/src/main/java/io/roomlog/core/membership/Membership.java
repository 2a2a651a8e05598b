package io.roomlog.core.membership;

import io.roomlog.core.RoomName;
import java.time.Instant;
import java.util.List;

/**
 * Who is in which room.
 *
 * <p>When {@link #join} returns, every later {@link #members} finds the connection, until it
 * leaves, is pruned or expires. A connection is in a room once, however often it joins, at the same
 * time or not, and whatever the number of shards does meanwhile.
 *
 * <p>Every call may throw {@link io.roomlog.core.StorageUnavailable}; the change has then happened
 * or not, and may be repeated.
 */
public interface Membership {

  /**
   * Puts a connection into a room, or renews its membership.
   *
   * @return the row, with a registration of its own
   */
  Member join(RoomName room, Connection connection);

  /**
   * Takes a connection out of a room.
   *
   * @return whether it was in it
   */
  boolean leave(RoomName room, String connectionId);

  /**
   * Takes a connection out of every room.
   *
   * @return how many those were
   */
  int leaveAll(String connectionId);

  /** The rooms that a connection is in: a consistent read. */
  List<RoomName> rooms(String connectionId);

  /**
   * Everybody in a room whose membership has not expired: a consistent read of all shards.
   *
   * @param now the time by which memberships have expired or not
   */
  List<Member> members(RoomName room, Instant now);

  /**
   * Removes exactly this row and its inverse, unless the connection has joined again since: then
   * that joining stays.
   *
   * @return whether the row was removed
   */
  boolean prune(Member member);
}
