package io.roomlog.core;

import java.time.Duration;

/** Waits between tries. Injected, so that a simulation can wait in virtual time. */
@FunctionalInterface
public interface Pause {

  /**
   * Returns after the time has passed.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void of(Duration time) throws InterruptedException;

  /** Waits on the machine's clock. */
  static Pause real() {
    return Thread::sleep;
  }
}
