package io.roomlog.handlers.identity;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks into the headers of a handshake, whose names are compared without regard to case. */
public final class Headers {

  private Headers() {}

  /**
   * The value of a header.
   *
   * @param headers of the handshake; of a repeated one API Gateway passes the last
   */
  public static Optional<String> find(@Nullable Map<String, String> headers, String name) {
    return headers == null
        ? Optional.empty()
        : headers.entrySet().stream()
            .filter(header -> name.equalsIgnoreCase(header.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
  }
}
