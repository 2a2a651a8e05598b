package io.roomlog.local.functions;

import java.util.Locale;

/** What may happen to an environment in the middle of an invocation. */
public enum FunctionFault {
  /** It is killed: nothing of the invocation runs on, and there is no answer. */
  FUNCTION_KILLED,
  /**
   * It stands still for a while and then goes on, as if nothing had been. In a process of its own
   * all of it stands still; in this process only the answer does.
   */
  FUNCTION_FROZEN;

  /** The fault's name on the command line, e.g. {@code function-killed}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
