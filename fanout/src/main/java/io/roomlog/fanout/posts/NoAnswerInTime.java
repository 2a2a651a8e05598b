package io.roomlog.fanout.posts;

import java.io.IOException;
import java.time.Duration;

/** A request got no answer within its time. It may have arrived. */
final class NoAnswerInTime extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * Says so.
   *
   * @param waited how long
   */
  NoAnswerInTime(Duration waited) {
    super("no answer within " + waited.toMillis() + " ms");
  }
}
