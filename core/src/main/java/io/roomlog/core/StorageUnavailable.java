package io.roomlog.core;

/**
 * The storage did not answer, or answered with an error that may pass. Whether a write happened is
 * not known; every write of the log may be repeated safely.
 */
public final class StorageUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String call;
  private final String reason;

  /**
   * Names what failed.
   *
   * @param call the storage's call, e.g. {@code PutItem messages}
   * @param reason the error's code or class
   * @param cause what was thrown
   */
  public StorageUnavailable(String call, String reason, Throwable cause) {
    super(call + ": " + reason, cause);
    this.call = call;
    this.reason = reason;
  }

  /** The storage's call, e.g. {@code PutItem messages}. */
  public String call() {
    return call;
  }

  /** The error's code as the storage names it, or the exception's class. */
  public String reason() {
    return reason;
  }
}
