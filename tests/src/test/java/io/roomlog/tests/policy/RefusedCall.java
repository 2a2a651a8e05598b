package io.roomlog.tests.policy;

/** A call was made that no policy allows. */
final class RefusedCall extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String function;
  private final String action;
  private final String resource;

  /**
   * What the local run logged of it.
   *
   * @param function the logical id of who called
   * @param action e.g. {@code dynamodb:PutItem}
   * @param resource the ARN that it was called on
   */
  RefusedCall(String function, String action, String resource) {
    super(function + " may not call " + action + " on " + resource);
    this.function = function;
    this.action = action;
    this.resource = resource;
  }

  String function() {
    return function;
  }

  String action() {
    return action;
  }

  String resource() {
    return resource;
  }
}
