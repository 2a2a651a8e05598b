package io.roomlog.local.stream;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {
  /**
   * Returns after the duration, or earlier if there is no point in waiting any longer.
   *
   * @throws InterruptedException if the calling thread is interrupted
   */
  void pause(Duration duration) throws InterruptedException;
}
