package io.roomlog.local.gateway;

import org.eclipse.jetty.websocket.core.CloseStatus;

/**
 * How a connection ended, as a {@code $disconnect} event tells it.
 *
 * @param code the close code of whoever closed first
 * @param reason the reason that came with it; the empty text if there was none
 */
record Disconnection(int code, String reason) {

  /** What AWS says of a close frame without a code, as captured. */
  static final Disconnection NO_CODE =
      new Disconnection(CloseStatus.NO_CODE, "Client-side close frame status not set");

  /** The socket went away without a close frame. */
  static final Disconnection ABNORMAL =
      new Disconnection(CloseStatus.NO_CLOSE, "Connection closed abnormally");

  /** What a connection deleted by a backend is closed with; AWS's own code is not known. */
  static final Disconnection NORMAL =
      new Disconnection(CloseStatus.NORMAL, "Connection Closed Normally");

  /** What a connection that is idle or too old is closed with. */
  static final Disconnection GOING_AWAY = new Disconnection(CloseStatus.SHUTDOWN, "Going away");

  static Disconnection of(CloseStatus status) {
    return switch (status.getCode()) {
      case CloseStatus.NO_CODE -> NO_CODE;
      case CloseStatus.NO_CLOSE -> ABNORMAL;
      default ->
          new Disconnection(status.getCode(), status.getReason() == null ? "" : status.getReason());
    };
  }
}
