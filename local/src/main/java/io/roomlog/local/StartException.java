package io.roomlog.local;

/**
 * A run that could not start. Its message says what is wrong and what to do, for whoever typed the
 * command; nothing was left running.
 */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }

  StartException(String message) {
    super(message);
  }
}
