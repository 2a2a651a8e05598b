package io.roomlog.local.issuer;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody asks of the issuer, e.g. {@code sub=ann&rooms=lobby,team-*&minutes=5}. */
final class TokenRequest {

  private static final long MINUTES = 60;
  private static final long MINUTES_MAX = 1_000_000;
  private static final Set<String> TEXTS = Set.of("sub", "name", "role");
  private static final Set<String> LISTS = Set.of("rooms", "rooms_read");
  private static final String MINUTES_NAME = "minutes";

  private TokenRequest() {}

  /**
   * The claims that are asked for.
   *
   * @param query as it stands in the address, or null
   * @throws IllegalArgumentException if it asks for nobody, or for what there is not
   */
  static Map<String, Object> claims(@Nullable String query, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    long minutes = MINUTES;
    for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      String[] parts = pair.split("=", 2);
      String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
      if (TEXTS.contains(parts[0])) {
        claims.put(parts[0], value);
      } else if (LISTS.contains(parts[0])) {
        claims.put(parts[0], value.isEmpty() ? List.of() : List.of(value.split(",")));
      } else if (parts[0].equals(MINUTES_NAME)) {
        minutes = minutes(value);
      } else {
        throw new IllegalArgumentException(
            "there is no parameter %s; there are sub, name, rooms, rooms_read, role and minutes"
                .formatted(parts[0]));
      }
    }
    if (!claims.containsKey("sub")) {
      throw new IllegalArgumentException("sub is missing, e.g. /token?sub=ann&rooms=lobby");
    }
    claims.put("exp", now.plus(Duration.ofMinutes(minutes)).getEpochSecond());
    return claims;
  }

  private static long minutes(String text) {
    try {
      long minutes = Long.parseLong(text);
      if (Math.abs(minutes) <= MINUTES_MAX) {
        return minutes;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through: what is no number is refused as what is out of range is.
    }
    throw new IllegalArgumentException(
        "minutes is not a whole number from -%d to %d".formatted(MINUTES_MAX, MINUTES_MAX));
  }
}
