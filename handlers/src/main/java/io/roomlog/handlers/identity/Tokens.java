package io.roomlog.handlers.identity;

/** Tells what a token says, if it is genuine. */
@FunctionalInterface
public interface Tokens {

  /**
   * Verifies a token.
   *
   * @param token as the client sent it
   * @throws TokenRefused if it is not one that lets somebody in
   * @throws KeysUnavailable if that cannot be said now
   */
  Subject verify(String token) throws TokenRefused;
}
