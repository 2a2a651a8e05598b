package io.roomlog.fanout;

import io.roomlog.core.Backoff;
import io.roomlog.core.Pause;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits before something is tried again that concerns a whole room: longer than before another try
 * with one connection, since it is the service that needs the time.
 *
 * @param random where the jitter comes from
 * @param pause how it waits
 */
record Waiting(RandomGenerator random, Pause pause) {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

  /** Waits before the nth repetition, from 1. */
  void before(int repetition) throws InterruptedException {
    pause.of(BACKOFF.before(repetition, random));
  }
}
