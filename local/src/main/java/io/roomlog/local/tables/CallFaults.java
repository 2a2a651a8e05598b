package io.roomlog.local.tables;

import java.time.Duration;
import java.util.Optional;

/** Decides when a function's call of a table misbehaves. Called from many threads at once. */
@FunctionalInterface
public interface CallFaults {

  /**
   * What strikes a call, if anything does.
   *
   * @param function the logical id of the function that calls
   * @param operation e.g. {@code PutItem}
   */
  Optional<TableFault> onCall(String function, String operation);

  /**
   * How long a call takes that nothing strikes; what is answered sooner is held back until then.
   *
   * @param function the logical id of the function that calls
   * @param operation e.g. {@code PutItem}
   */
  default Duration atLeast(String function, String operation) {
    return Duration.ZERO;
  }

  /** Tables that never misbehave. */
  static CallFaults none() {
    return (function, operation) -> Optional.empty();
  }
}
