package io.roomlog.local.gateway;

/**
 * The frames by which the gateway itself answers a client, with AWS's own spacing, which clients
 * have been seen to compare.
 */
enum ErrorFrame {
  /** No route has the frame's key, and there is no {@code $default}. */
  FORBIDDEN("Forbidden"),
  /** The function threw, crashed or ran into its timeout. */
  INTERNAL_SERVER_ERROR("Internal server error"),
  /** The function did not answer within the integration timeout; it may still run. */
  ENDPOINT_REQUEST_TIMED_OUT("Endpoint request timed out"),
  /** The account's or the stage's rate is used up. AWS's exact text is not known. */
  TOO_MANY_REQUESTS("Too Many Requests");

  private final String message;

  ErrorFrame(String message) {
    this.message = message;
  }

  /** The frame; ids are base64, so that nothing needs escaping. */
  String text(String connectionId, String requestId) {
    return "{\"message\": \"%s\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
        .formatted(message, connectionId, requestId);
  }
}
