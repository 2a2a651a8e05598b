package io.roomlog.local.functions;

/**
 * Invokes functions by the logical id that the template gives them.
 *
 * <p>An invocation is synchronous ({@code RequestResponse}): the call returns when the function has
 * answered, failed or run into its timeout. Calls may come from many threads at once; each gets an
 * execution environment that serves nobody else meanwhile, as on Lambda.
 */
public interface Functions {

  /**
   * Invokes a function once.
   *
   * @param function the logical id of a function of the deployment
   * @param event the event's JSON
   * @return what came of it; an exception of the function is a {@link Outcome.Failed}, never thrown
   * @throws InterruptedException if the calling thread is interrupted while it waits
   */
  Outcome invoke(String function, String event) throws InterruptedException;

  /** What came of an invocation. */
  sealed interface Outcome {
    /**
     * The function returned.
     *
     * @param payload its answer's JSON (the text {@code null} for nothing)
     */
    record Returned(String payload) implements Outcome {}

    /**
     * The function threw.
     *
     * @param errorType the exception's class name
     * @param message the exception's message, for the operator's log only
     */
    record Failed(String errorType, String message) implements Outcome {}

    /** The function ran longer than its timeout; it was abandoned and its answer is ignored. */
    record TimedOut() implements Outcome {}
  }
}
