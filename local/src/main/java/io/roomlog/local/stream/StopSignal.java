package io.roomlog.local.stream;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells the threads of the mappings to end, and wakes those that only wait for time to pass. */
public final class StopSignal {
  private final CountDownLatch stop = new CountDownLatch(1);

  /** Tells them, for good. */
  public void stop() {
    stop.countDown();
  }

  /** Whether they were told. */
  public boolean stopped() {
    return stop.getCount() == 0;
  }

  /**
   * Returns after the duration, or earlier once they were told to end.
   *
   * @throws InterruptedException if the calling thread is interrupted
   */
  public void pause(Duration duration) throws InterruptedException {
    // Whether it ended by the signal or by time is asked for where it matters, with stopped().
    var _ = stop.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }
}
