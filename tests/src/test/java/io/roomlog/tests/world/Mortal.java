package io.roomlog.tests.world;

import io.roomlog.local.functions.Functions;

/** An environment of a function that can be killed while it serves. */
interface Mortal {

  /** The error that Lambda has for an environment that ends in the middle of an invocation. */
  String EXIT = "Runtime.ExitError";

  /**
   * Serves one invocation.
   *
   * @return what the function returned or threw, or {@link #EXIT} if it was killed before
   */
  Functions.Outcome serve(Functions functions, String event) throws InterruptedException;

  /** Kills it where it stands; it has ended once {@link #serve} returns. */
  void kill();
}
