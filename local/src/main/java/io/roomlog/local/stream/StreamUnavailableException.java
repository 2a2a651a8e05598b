package io.roomlog.local.stream;

/** A stream could not be read just now; trying again later may succeed. */
public final class StreamUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the call and why it failed.
   *
   * @param call the API call, e.g. {@code GetRecords}
   */
  public StreamUnavailableException(String call, Throwable cause) {
    super(call + " failed: " + cause.getMessage(), cause);
  }
}
