package io.roomlog.fanout.posts;

/**
 * The gateway's side of a connection. Calls block, may come from many threads, and end within a
 * bounded time; whatever goes wrong is a result and never thrown.
 */
public interface Posts {

  /**
   * Posts one frame to one connection, once.
   *
   * @param connectionId to whom
   * @param frame what
   */
  Posted post(String connectionId, Frame frame);

  /** Asks whether a connection exists. */
  Existence find(String connectionId);

  /** What became of a post. */
  sealed interface Posted {
    /** The gateway took it. That is not to say that the client has read it. */
    record Delivered() implements Posted {}

    /** The gateway says there is no such connection (410). Not always the last word. */
    record Gone() implements Posted {}

    /**
     * Too fast (429): for the whole account, or for this client, whose buffer is full. The gateway
     * has one answer for both.
     */
    record TooFast() implements Posted {}

    /**
     * The gateway answered that it failed.
     *
     * @param status the HTTP status
     */
    record Failed(int status) implements Posted {
      private static final int SERVER_ERROR = 500;

      /** Whether another try may succeed: it is the gateway's fault and not the caller's. */
      public boolean mayPass() {
        return status >= SERVER_ERROR;
      }
    }

    /**
     * There was no answer: it may have been delivered all the same.
     *
     * @param reason what went wrong, e.g. {@code AWS_IO_SOCKET_CLOSED} or {@code NoAnswerInTime}
     */
    record NoAnswer(String reason) implements Posted {}

    /**
     * It was not sent, since there were no credentials or no connection to the gateway: the client
     * has no part in that.
     *
     * @param reason what went wrong, e.g. {@code AWS_IO_DNS_QUERY_FAILED}
     */
    record NotSent(String reason) implements Posted {}
  }

  /** What the gateway knows of a connection. */
  enum Existence {
    /** It is there. */
    PRESENT,
    /** It is not there. */
    ABSENT,
    /** The question got no answer. */
    UNKNOWN
  }
}
