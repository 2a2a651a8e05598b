package io.roomlog.handlers.identity;

/**
 * The issuer's keys cannot be had, so that nothing can be said about a token. The client is not at
 * fault and may try again.
 */
public final class KeysUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public KeysUnavailable(Throwable cause) {
    super("the issuer's keys cannot be had", cause);
  }
}
