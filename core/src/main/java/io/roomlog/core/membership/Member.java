package io.roomlog.core.membership;

import io.roomlog.core.RoomName;
import java.time.Instant;

/**
 * A connection in a room: one row that the fan-out reads, and so no more than a push needs. Who is
 * behind it is asked of {@link Membership#connections}.
 *
 * @param room the room
 * @param shard which of the room's shards the row stands in, from 0
 * @param connectionId as the gateway names the connection
 * @param dialect how messages reach it
 * @param joinedAt when it joined
 * @param expiresAt when the membership ends by itself
 * @param registration marks this joining; joining again makes a new one
 */
public record Member(
    RoomName room,
    int shard,
    String connectionId,
    Dialect dialect,
    Instant joinedAt,
    Instant expiresAt,
    String registration) {

  /** The row of a connection that joins. */
  public static Member of(RoomName room, int shard, Connection connection, String registration) {
    return new Member(
        room,
        shard,
        connection.id(),
        connection.dialect(),
        connection.joinedAt(),
        connection.expiresAt(),
        registration);
  }

  /** The connection as it joined, told who is behind it. */
  public Connection by(String sender, String name) {
    return new Connection(connectionId, dialect, sender, name, joinedAt, expiresAt);
  }
}
