package io.roomlog.handlers.identity;

/** What one may do in a room. */
public enum Verb {
  /** Be pushed what is new. */
  JOIN,
  /** Read its log and learn its head. */
  READ,
  /** Append to it. */
  SEND
}
