package io.roomlog.bench.machine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Messages at a constant pace, at times that are fixed before the first is sent. Nobody waits for
 * an answer before the next: what is sent late is late from the time at which it should have been
 * sent, and so a stall counts for every message that it holds up.
 *
 * @param begin when the first is to be sent, by {@link System#nanoTime}
 * @param interval between two, in nanoseconds
 * @param count how many
 */
public record Schedule(long begin, long interval, int count) {

  private static final Duration LEAD = Duration.ofMillis(100);

  /** Begins a moment from now. */
  public static Schedule soon(double perSecond, int count) {
    long interval = Math.round(Duration.ofSeconds(1).toNanos() / perSecond);
    return new Schedule(System.nanoTime() + LEAD.toNanos(), interval, count);
  }

  /** When a message is to be sent, the first being 0. */
  public long at(int number) {
    return begin + number * interval;
  }

  /**
   * Calls for each message when it is due, or at once if that has passed.
   *
   * @param send must not wait for an answer
   */
  public void run(IntConsumer send) throws InterruptedException {
    for (int number = 0; number < count; number++) {
      await(at(number));
      send.accept(number);
    }
  }

  /** Messages a second. */
  public double perSecond() {
    return (double) Duration.ofSeconds(1).toNanos() / interval;
  }

  /** Returns after a time. */
  public static void pause(Duration length) throws InterruptedException {
    await(System.nanoTime() + length.toNanos());
  }

  /** Returns at a time by {@link System#nanoTime}, or at once if it has passed. */
  public static void await(long time) throws InterruptedException {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException("while waiting for a time");
      }
    }
  }
}
