package io.roomlog.local.functions;

/** Functions cannot run in processes of their own on this machine. */
public final class RuntimeClientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RuntimeClientException(String message) {
    super(message);
  }
}
