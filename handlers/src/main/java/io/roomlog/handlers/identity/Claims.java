package io.roomlog.handlers.identity;

import io.roomlog.core.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a token says of its subject. Whatever is malformed in a claim that is used here
 * refuses the token: to leave out what cannot be read could give more than was meant.
 */
final class Claims {

  /**
   * How far clocks may differ. A token counts until so long after its {@code exp}, and from so long
   * before its {@code nbf} on.
   */
  static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  /** Later than this is no time that anybody means. */
  private static final Instant END_MAX = Instant.parse("9999-12-31T23:59:59Z");

  private static final String SUBJECT = "sub";
  private static final String NAME = "name";
  private static final String ROOMS = "rooms";
  private static final String ROOMS_READ = "rooms_read";
  private static final String ROLE = "role";
  private static final String MODERATOR = "moderator";

  private final Map<String, Object> claims;

  private Claims(Map<String, Object> claims) {
    this.claims = claims;
  }

  /**
   * Reads claims whose signature, issuer, audience and times have been found right.
   *
   * @param claims by name, as JSON values
   * @param expiry the claim {@code exp}
   * @throws TokenRefused if one is missing or malformed
   */
  static Subject read(Map<String, Object> claims, Instant expiry) throws TokenRefused {
    return new Claims(claims).subject(expiry);
  }

  private Subject subject(Instant expiry) throws TokenRefused {
    if (expiry.isAfter(END_MAX)) {
      throw new TokenRefused("exp is later than the year 9999");
    }
    String sender = person(SUBJECT).orElseThrow(() -> new TokenRefused("sub is missing"));
    return new Subject(
        sender,
        person(NAME).orElse(sender),
        rights(),
        text(ROLE).filter(MODERATOR::equals).isPresent(),
        expiry.plus(CLOCK_SKEW));
  }

  private Optional<String> person(String claim) throws TokenRefused {
    Optional<String> name = text(claim);
    Optional<String> fault = name.flatMap(PersonName::fault);
    if (fault.isPresent()) {
      throw new TokenRefused(claim + " " + fault.get());
    }
    return name;
  }

  private Optional<String> text(String claim) throws TokenRefused {
    if (!claims.containsKey(claim)) {
      return Optional.empty();
    }
    if (claims.get(claim) instanceof String text) {
      return Optional.of(text);
    }
    throw new TokenRefused(claim + " is not a string");
  }

  /** Without either claim every room; with one of them, no room that neither names. */
  private Rights rights() throws TokenRefused {
    if (!claims.containsKey(ROOMS) && !claims.containsKey(ROOMS_READ)) {
      return Rights.ALL;
    }
    List<Rights.Grant> grants = new ArrayList<>();
    add(grants, ROOMS, false);
    add(grants, ROOMS_READ, true);
    Rights rights = new Rights(grants);
    int bytes = Json.bytes(rights.stored());
    if (bytes > Rights.STORED_BYTES_MAX) {
      throw new TokenRefused(
          "the rooms are %d bytes together; the limit is %d"
              .formatted(bytes, Rights.STORED_BYTES_MAX));
    }
    return rights;
  }

  private void add(List<Rights.Grant> grants, String claim, boolean readOnly) throws TokenRefused {
    if (!claims.containsKey(claim)) {
      return;
    }
    if (!(claims.get(claim) instanceof List<?> patterns)) {
      throw new TokenRefused(claim + " is not an array");
    }
    for (Object pattern : patterns) {
      grants.add(new Rights.Grant(pattern(claim, pattern), readOnly));
    }
  }

  private static RoomPattern pattern(String claim, @Nullable Object pattern) throws TokenRefused {
    return Optional.ofNullable(pattern)
        .filter(String.class::isInstance)
        .flatMap(text -> RoomPattern.of((String) text))
        .orElseThrow(
            () ->
                new TokenRefused(
                    claim + " holds what is neither a room's name nor the beginning of one and *"));
  }
}
