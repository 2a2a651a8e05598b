package io.roomlog.handlers.identity;

/** A token does not let anybody in. */
public final class TokenRefused extends Exception {

  private static final long serialVersionUID = 1L;

  /** A reason is told at this length at most, since parts of it may come from the token. */
  private static final int REASON_LENGTH_MAX = 200;

  private final String reason;

  /**
   * Says why, for the log; the client is told the status only.
   *
   * @param reason names the rule or the claim; never the token
   */
  public TokenRefused(String reason) {
    // No stack trace: strangers send these as often as they like.
    super(reason, null, false, false);
    this.reason =
        reason.length() > REASON_LENGTH_MAX ? reason.substring(0, REASON_LENGTH_MAX) : reason;
  }

  /** Why. */
  public String reason() {
    return reason;
  }
}
