/**
 * The WebSocket side of API Gateway and its {@code @connections} API, on one server bound to
 * loopback.
 *
 * <p>A reader's path: {@link io.roomlog.local.gateway.GatewayServer} → {@code StageHandler} →
 * {@code Handshake} (authorizer, {@code $connect}) or {@code MessageDispatch} → {@code
 * RouteSelector} → {@code Integration}; and {@code ConnectionsApi} → {@code Posts} → {@code
 * Connection} → {@code SendBuffer} for what goes the other way.
 */
@NullMarked
package io.roomlog.local.gateway;

import org.jspecify.annotations.NullMarked;
