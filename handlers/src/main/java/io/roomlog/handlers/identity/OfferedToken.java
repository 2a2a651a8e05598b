package io.roomlog.handlers.identity;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token of a handshake: in the query, in {@code Authorization} (RFC 6750, section 2.1),
 * or among the subprotocols, the only header that a browser lets a page set.
 */
public final class OfferedToken {

  private static final String PARAMETER = "token";
  private static final String AUTHORIZATION = "Authorization";
  private static final String SCHEME = "Bearer ";
  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
  private static final String PROTOCOL = "bearer.";

  private OfferedToken() {}

  /**
   * The token that a client offers, wherever and however often.
   *
   * @throws TokenRefused if there is none, or if there are two that differ: which of them was meant
   *     could be decided differently elsewhere
   */
  public static String of(
      @Nullable Map<String, String> headers, @Nullable Map<String, String> query)
      throws TokenRefused {
    SequencedSet<String> offered = new LinkedHashSet<>();
    if (query != null && query.containsKey(PARAMETER)) {
      offered.add(query.get(PARAMETER));
    }
    Headers.find(headers, AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .ifPresent(value -> offered.add(value.substring(SCHEME.length()).strip()));
    offered.addAll(inSubprotocols(headers));
    if (offered.size() > 1) {
      throw new TokenRefused("the client offers %d different tokens".formatted(offered.size()));
    }
    return offered.stream()
        .filter(token -> !token.isEmpty())
        .findFirst()
        .orElseThrow(() -> new TokenRefused("there is no token"));
  }

  private static List<String> inSubprotocols(@Nullable Map<String, String> headers) {
    return Headers.find(headers, PROTOCOLS).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(each -> each.startsWith(PROTOCOL))
        .flatMap(each -> Stream.of(each.substring(PROTOCOL.length())))
        .toList();
  }
}
