package io.roomlog.tests.simulation;

import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.testing.VirtualTime;
import java.time.Duration;
import java.util.function.Supplier;

/** Calls to the storage from one environment, and all that can become of them. */
final class FaultyCalls {

  private static final Duration LATE_MAX = Duration.ofSeconds(12);

  private final Environment environment;
  private final VirtualTime time;
  private final Mischief mischief;
  private final Trace trace;

  FaultyCalls(Environment environment, VirtualTime time, Mischief mischief, Trace trace) {
    this.environment = environment;
    this.time = time;
    this.mischief = mischief;
    this.trace = trace;
  }

  /** A call that changes nothing. */
  <T> T read(String call, Supplier<T> real) {
    environment.point(call);
    environment.travel();
    throwIfThrottled(call);
    T answer = real.get();
    environment.travel();
    environment.point(call + " done");
    return answer;
  }

  /** A call that changes something. */
  <T> T write(String call, Supplier<T> real) {
    return write(call, LATE_MAX, real);
  }

  /**
   * A call that changes something.
   *
   * @param lateMax how late it may happen after the caller has given up
   */
  <T> T write(String call, Duration lateMax, Supplier<T> real) {
    environment.point(call);
    environment.travel();
    throwIfThrottled(call);
    if (mischief.strikes(Fault.WRITTEN_LATE)) {
      time.after(mischief.upTo(lateMax), () -> trace.step("late", call, real.get()));
      time.pass(mischief.between(1_000, 3_000));
      throw unavailable(call, Fault.WRITTEN_LATE);
    }
    T answer = real.get();
    if (mischief.strikes(Fault.CALL_REPEATED)) {
      environment.travel();
      answer = real.get();
    }
    trace.step(call, environment.name(), answer);
    environment.travel();
    environment.point(call + " done");
    if (mischief.strikes(Fault.ANSWER_LOST)) {
      throw unavailable(call, Fault.ANSWER_LOST);
    }
    return answer;
  }

  private void throwIfThrottled(String call) {
    if (mischief.strikes(Fault.THROTTLED)) {
      throw unavailable(call, Fault.THROTTLED);
    }
  }

  private static StorageUnavailable unavailable(String call, Fault fault) {
    return new StorageUnavailable(call, fault.name(), new IllegalStateException("injected"));
  }
}
