package io.roomlog.handlers;

import io.roomlog.core.membership.Dialect;
import io.roomlog.handlers.identity.Headers;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client offers in {@code Sec-WebSocket-Protocol} (RFC 6455, section 1.9). Only {@value
 * #ROOMLOG} is ever spoken; a token may stand beside it, since a browser can set no other header.
 */
final class Subprotocols {

  /** The header, in requests and in answers. */
  static final String HEADER = "Sec-WebSocket-Protocol";

  /** The dialect with positions, acknowledgements and replay. */
  static final String ROOMLOG = "roomlog.v1";

  private Subprotocols() {}

  /**
   * The dialect that a handshake asks for: plain if it offers nothing.
   *
   * @param headers of the handshake; of a repeated one API Gateway passes the last
   * @return empty if only others are offered
   */
  static Optional<Dialect> dialect(@Nullable Map<String, String> headers) {
    Optional<String> offered = Headers.find(headers, HEADER);
    if (offered.isEmpty()) {
      return Optional.of(Dialect.PLAIN);
    }
    return Arrays.stream(offered.get().split(","))
        .map(String::strip)
        .filter(ROOMLOG::equals)
        .map(_ -> Dialect.ROOMLOG)
        .findFirst();
  }
}
