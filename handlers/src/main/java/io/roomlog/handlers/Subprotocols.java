package io.roomlog.handlers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client offers in {@code Sec-WebSocket-Protocol} (RFC 6455, section 1.9). */
final class Subprotocols {

  private static final String HEADER = "Sec-WebSocket-Protocol";

  private Subprotocols() {}

  /** Whether any is offered. Header names are compared without regard to case. */
  static boolean offered(@Nullable Map<String, List<String>> headers) {
    return headers != null && headers.keySet().stream().anyMatch(HEADER::equalsIgnoreCase);
  }
}
