package io.roomlog.local.tables;

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

  /** Tables that never misbehave. */
  static CallFaults none() {
    return (function, operation) -> Optional.empty();
  }
}
