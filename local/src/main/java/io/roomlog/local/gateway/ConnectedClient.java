package io.roomlog.local.gateway;

import java.time.Instant;

/**
 * A client that is connected.
 *
 * @param connectionId its connection's id
 * @param connectedAt when its handshake came
 * @param lastActiveAt when the last message went in either direction
 */
public record ConnectedClient(String connectionId, Instant connectedAt, Instant lastActiveAt) {}
