/**
 * The reference client of {@code roomlog.v1}: what docs/protocol.md asks of a client, and nothing
 * else, small enough to be read before writing another. {@link
 * io.roomlog.tests.client.RoomlogClient} is the place to begin.
 */
@NullMarked
package io.roomlog.tests.client;

import org.jspecify.annotations.NullMarked;
