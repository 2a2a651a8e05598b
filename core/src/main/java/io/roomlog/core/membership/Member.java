package io.roomlog.core.membership;

import io.roomlog.core.RoomName;

/**
 * A connection in a room: one row that the fan-out reads.
 *
 * @param room the room
 * @param shard which of the room's shards the row stands in, from 0
 * @param connection the connection
 * @param registration marks this joining; joining again makes a new one
 */
public record Member(RoomName room, int shard, Connection connection, String registration) {}
