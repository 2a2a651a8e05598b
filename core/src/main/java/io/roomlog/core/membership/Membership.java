package io.roomlog.core.membership;

import io.roomlog.core.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is in which room.
 *
 * <p>When {@link #join} returns, every later reading of the room finds the connection, until it
 * leaves, is pruned or expires. A connection is in a room once, however often it joins, at the same
 * time or not, and whatever the number of shards does meanwhile.
 *
 * <h2>Why nobody who joins misses an entry while shards are added</h2>
 *
 * Whoever joins does four things in turn: reads the number of shards, puts its row, reads the
 * room's head, reads the log up to it. A push of the entry at position p does three: its entry was
 * stored, the number of shards is read, that many shards are read. All reads are consistent, and
 * the number only grows. Take an entry that the reading of the log need not bring, p &gt; head:
 *
 * <ol>
 *   <li>Position p was handed out after the head was read, so its entry was stored later still, and
 *       its push begins after the row was put.
 *   <li>The row stands in a shard below the number that the joiner had read. The push reads the
 *       number later, so it reads that number or a higher one, and with it the row's shard.
 *   <li>It reads that shard after the row was put, and finds the row.
 * </ol>
 *
 * <p>The other way round: a push that read the number <em>before</em> the shard of a row was added
 * does not look into that shard. But then the joiner, who had to read the higher number first, read
 * the head after that push had begun, so after its entry was stored: p is at most the head, and the
 * log brings it. It takes all of it: registered first, then the head; the entry stored first, then
 * the number, each time anew; and a number that never falls, not even for a moment.
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
   * Takes a connection out of a room. That it is there stays known until {@link #leaveAll}, so that
   * an operator finds it who looks for its sender: it can send and read without being in a room.
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
   * Everybody in a room whose membership has not expired: a consistent read of all shards, whose
   * number is read first, consistently too.
   *
   * @param now the time by which memberships have expired or not
   */
  Roster roster(RoomName room, Instant now);

  /** The members of {@link #roster}. */
  default List<Member> members(RoomName room, Instant now) {
    return roster(room, now).members();
  }

  /**
   * Everybody in a room as they joined, so with sender and name. These stand in a second row of
   * each membership, which is read with a call of its own: for whoever looks for a sender in a
   * room, and never for a push. Who joins or leaves meanwhile may be missing.
   *
   * @param now the time by which memberships have expired or not
   */
  List<Connection> connections(RoomName room, Instant now);

  /**
   * As {@link #members}, unless the room is large; then the reading ends early.
   *
   * @param most rows, expired ones included, at least 1
   * @return empty if the room has more rows than that
   */
  Optional<List<Member>> membersUpTo(int most, RoomName room, Instant now);

  /**
   * Makes a room have at least that many shards. The number never falls.
   *
   * @param shards 1–{@value Shards#COUNT_MAX}
   * @return whether it had fewer
   * @throws IllegalArgumentException if the number is outside of that
   */
  boolean grow(RoomName room, int shards);

  /**
   * Removes exactly this row and its inverse, unless the connection has joined again since: then
   * that joining stays.
   *
   * @return whether the row was removed
   */
  boolean prune(Member member);
}
