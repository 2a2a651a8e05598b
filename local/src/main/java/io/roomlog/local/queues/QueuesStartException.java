package io.roomlog.local.queues;

/** The queues cannot be served. */
public final class QueuesStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QueuesStartException(Throwable cause) {
    super("the queues' server did not start: " + cause, cause);
  }
}
