package io.roomlog.fanout;

import io.roomlog.core.Pause;
import io.roomlog.core.metrics.Metrics;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the fan-out runs on: given, so that a simulation can run it in virtual time. It waits in
 * three ways only: for the pause, for a future of one of these executors, and in a call of a port.
 *
 * @param clock the time
 * @param random spreads repetitions
 * @param pause waits
 * @param threads makes an executor that starts a thread for each task; it is closed after use
 * @param metrics takes what is measured
 */
public record Machine(
    InstantSource clock,
    RandomGenerator random,
    Pause pause,
    Supplier<ExecutorService> threads,
    Metrics metrics) {

  /** One on which nobody measures. */
  public Machine(
      InstantSource clock, RandomGenerator random, Pause pause, Supplier<ExecutorService> threads) {
    this(clock, random, pause, threads, Metrics.none());
  }

  /** This machine, as a function is wired to it. */
  static Machine real(Wiring wiring) {
    return real(wiring.random(), wiring.metrics());
  }

  /** This machine, with virtual threads. */
  public static Machine real(RandomGenerator random, Metrics metrics) {
    return new Machine(
        InstantSource.system(),
        random,
        Pause.real(),
        Executors::newVirtualThreadPerTaskExecutor,
        metrics);
  }
}
