package io.roomlog.local.gateway;

import java.net.BindException;

/** Another process listens on the port that the gateway was told to take. */
public final class PortTakenException extends Exception {

  private final int port;

  /**
   * Names the port.
   *
   * @param port the port that was asked for
   * @param cause what the operating system answered
   */
  public PortTakenException(int port, BindException cause) {
    super("port " + port + " is taken by another process", cause);
    this.port = port;
  }

  /** The port that was asked for. */
  public int port() {
    return port;
  }
}
