package io.roomlog.local.functions;

import org.jspecify.annotations.Nullable;

/** A function whose handler is not there, or is nothing that Lambda's Java runtime would call. */
public final class HandlerMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String function;
  private final String handler;

  HandlerMissingException(
      String function, String handler, String reason, @Nullable Throwable cause) {
    super("function %s: handler %s: %s".formatted(function, handler, reason), cause);
    this.function = function;
    this.handler = handler;
  }

  /** The function's logical id in the template. */
  public String function() {
    return function;
  }

  /** The handler as the template names it. */
  public String handler() {
    return handler;
  }
}
