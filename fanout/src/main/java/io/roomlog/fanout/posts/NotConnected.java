package io.roomlog.fanout.posts;

import java.io.IOException;

/** There was no connection to send a request on. It has not arrived. */
final class NotConnected extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * Says so.
   *
   * @param cause what went wrong
   */
  NotConnected(Throwable cause) {
    super(cause);
  }
}
