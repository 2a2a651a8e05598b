package io.roomlog.fanout.crowd;

import java.time.Duration;
import java.util.Map;

/** When ranges come again that were received and not pushed. */
@FunctionalInterface
public interface RangeRetries {

  /**
   * Shows messages again after a time of their own, instead of after the queue's visibility
   * timeout. Never throws: what the queue does not take comes after that timeout.
   *
   * @param waits by receipt handle, at most 10; from 0 s to 12 h, in whole seconds
   */
  void schedule(Map<String, Duration> waits);

  /** Leaves all to the queue's visibility timeout. */
  static RangeRetries none() {
    return _ -> {};
  }
}
