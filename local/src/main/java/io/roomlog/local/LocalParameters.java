package io.roomlog.local;

import java.util.Map;

/** The parameters that have another default on one machine than in an account. */
final class LocalParameters {

  /** What a template calls the choice to let everybody in. */
  static final String ANONYMOUS_ACCESS = "AnonymousAccess";

  /** What a template calls the issuer of its clients' tokens. */
  static final String TOKEN_ISSUER = "TokenIssuer";

  private LocalParameters() {}

  /**
   * The defaults beside what is given: everybody may connect, unless something is said about it.
   * Nobody but this machine can reach the gateway.
   */
  static Map<String, String> beside(Map<String, String> given) {
    return given.containsKey(ANONYMOUS_ACCESS) || given.containsKey(TOKEN_ISSUER)
        ? Map.of()
        : Map.of(ANONYMOUS_ACCESS, "true");
  }
}
