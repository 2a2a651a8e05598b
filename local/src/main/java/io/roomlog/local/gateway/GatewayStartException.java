package io.roomlog.local.gateway;

/** The gateway could not start, for another reason than a taken port. */
public final class GatewayStartException extends RuntimeException {

  /**
   * Names the address.
   *
   * @param port the port that was asked for
   * @param cause what went wrong
   */
  public GatewayStartException(int port, Throwable cause) {
    super("the gateway could not start on port " + port + ": " + cause.getMessage(), cause);
  }
}
