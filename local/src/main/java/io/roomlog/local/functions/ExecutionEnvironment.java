package io.roomlog.local.functions;

import io.roomlog.local.functions.Functions.Outcome;
import java.util.Optional;

/**
 * One execution environment of a function, as docs.aws.amazon.com/lambda/latest/dg/
 * lambda-runtime-environment.html describes it: initialized once, then invoked again and again, one
 * invocation at a time. Its pool sees to the latter.
 */
interface ExecutionEnvironment {

  /**
   * Initializes it ahead of its first invocation. A failure is logged and tried again with the
   * invocation.
   */
  void warm() throws InterruptedException;

  /**
   * Serves one invocation, within the function's timeout. A failure is logged here, once.
   *
   * @param requestId identifies the invocation in logs
   */
  Outcome serve(String requestId, String event) throws InterruptedException;

  /** Whether it can serve another invocation. */
  boolean usable();

  /** Its process, if it has one of its own that has been started. */
  default Optional<ProcessHandle> process() {
    return Optional.empty();
  }

  /**
   * Ends it in the middle of an invocation, whose outcome is that of a runtime that exited.
   *
   * @return whether there was anything to end
   */
  boolean kill();

  /**
   * Lets it stand still.
   *
   * @return whether there was anything to stop
   */
  boolean freeze();

  /** Lets it go on. */
  void thaw();

  /** Ends it, whatever runs in it. */
  void discard();

  /** Makes environments. */
  interface Factory {
    /**
     * A new environment, not yet initialized.
     *
     * @param id names it in logs
     */
    ExecutionEnvironment create(String id);
  }
}
