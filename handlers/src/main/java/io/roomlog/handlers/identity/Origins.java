package io.roomlog.handlers.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The web pages that may connect (RFC 6455, section 10.2). It keeps a foreign page from connecting
 * out of its visitor's browser. Programs that are no browsers send whatever {@code Origin} they
 * like, or none, and are not held by it.
 *
 * @param allowed in small letters; empty for any
 */
public record Origins(Set<String> allowed) {

  /** The header. */
  public static final String HEADER = "Origin";

  /** Any page. */
  public static final Origins ANY = new Origins(Set.of());

  private static final Pattern ORIGIN =
      Pattern.compile("https?://(\\[[0-9a-f:]+\\]|[a-z0-9.-]+)(:[0-9]{1,5})?");

  /** Copies what is given. */
  public Origins {
    allowed = Set.copyOf(allowed);
  }

  /**
   * Reads a list.
   *
   * @param list origins with commas between them
   * @throws IllegalArgumentException if one is not a scheme, a host and perhaps a port
   */
  public static Origins of(String list) {
    Set<String> origins =
        Arrays.stream(list.split(","))
            .map(each -> each.strip().toLowerCase(Locale.ROOT))
            .filter(each -> !each.isEmpty())
            .collect(Collectors.toSet());
    if (!origins.stream().allMatch(each -> ORIGIN.matcher(each).matches())) {
      throw new IllegalArgumentException("an origin is not a scheme, a host and perhaps a port");
    }
    return new Origins(origins);
  }

  /**
   * Whether a handshake may go on.
   *
   * @param origin the header, which browsers always send
   */
  public boolean allow(Optional<String> origin) {
    return allowed.isEmpty()
        || origin.map(each -> allowed.contains(each.toLowerCase(Locale.ROOT))).orElse(true);
  }
}
