package io.roomlog.local.queues;

/** A request to a queue that SQS would refuse. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Refuses a request.
   *
   * @param code the error code of SQS, e.g. {@code InvalidParameterValue}
   * @param message names the field, the value's form and the limit
   */
  public RefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The error code of SQS. */
  public String code() {
    return code;
  }
}
