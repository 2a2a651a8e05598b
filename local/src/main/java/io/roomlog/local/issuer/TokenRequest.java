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

  private static final Duration LIFE = Duration.ofHours(1);
  private static final long MAX = 1_000_000;
  private static final Set<String> TEXTS = Set.of("sub", "name", "role");
  private static final Set<String> LISTS = Set.of("rooms", "rooms_read");

  /** How long it is good for; less than nothing for a token that is over. */
  private static final Map<String, Duration> UNITS =
      Map.of("minutes", Duration.ofMinutes(1), "seconds", Duration.ofSeconds(1));

  private TokenRequest() {}

  /**
   * The claims that are asked for.
   *
   * @param query as it stands in the address, or null
   * @throws IllegalArgumentException if it asks for nobody, or for what there is not
   */
  static Map<String, Object> claims(@Nullable String query, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    Duration life = LIFE;
    for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      String[] parts = pair.split("=", 2);
      String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
      if (TEXTS.contains(parts[0])) {
        claims.put(parts[0], value);
      } else if (LISTS.contains(parts[0])) {
        claims.put(parts[0], value.isEmpty() ? List.of() : List.of(value.split(",")));
      } else if (UNITS.containsKey(parts[0])) {
        life = UNITS.get(parts[0]).multipliedBy(number(parts[0], value));
      } else {
        throw new IllegalArgumentException(
            "there is no parameter %s; there are sub, name, rooms, rooms_read, role, minutes, seconds"
                .formatted(parts[0]));
      }
    }
    if (!claims.containsKey("sub")) {
      throw new IllegalArgumentException("sub is missing, e.g. /token?sub=ann&rooms=lobby");
    }
    claims.put("exp", now.plus(life).getEpochSecond());
    return claims;
  }

  private static long number(String name, String text) {
    try {
      long number = Long.parseLong(text);
      if (Math.abs(number) <= MAX) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through: what is no number is refused as what is out of range is.
    }
    throw new IllegalArgumentException(
        "%s is not a whole number from -%d to %d".formatted(name, MAX, MAX));
  }
}
