package io.roomlog.fanout;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Bounds the calls to the gateway that are under way at once, over all rooms of an invocation.
 * First come, first served, so that a big room beside a small one does not shut it out.
 */
final class Throttle {

  private final Semaphore permits;

  /**
   * A bound.
   *
   * @param concurrency calls at once, at least 1
   */
  Throttle(int concurrency) {
    this.permits = new Semaphore(concurrency, true);
  }

  /**
   * Calls when there is room.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  <T> T call(Supplier<T> call) throws InterruptedException {
    permits.acquire();
    try {
      return call.get();
    } finally {
      permits.release();
    }
  }
}
