package io.roomlog.local.tables;

import org.jspecify.annotations.Nullable;

/** The tables cannot be what the deployment asks for. */
public final class TablesStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TablesStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
