package io.roomlog.local.gateway;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, as every event of the connection tells it.
 *
 * @param connectionId the connection's id
 * @param connectedAt when the handshake began
 * @param domainName the host, with its port, that the client named
 * @param sourceIp the client's address
 * @param userAgent the client's {@code User-Agent}, or null
 * @param authorizer what the authorizer said about it; empty if there is none
 */
record Client(
    String connectionId,
    Instant connectedAt,
    String domainName,
    String sourceIp,
    @Nullable String userAgent,
    Map<String, Object> authorizer) {

  Client {
    authorizer = Collections.unmodifiableMap(new LinkedHashMap<>(authorizer));
  }

  Client authorizedAs(Map<String, Object> context) {
    return new Client(connectionId, connectedAt, domainName, sourceIp, userAgent, context);
  }
}
