package io.roomlog.handlers;

/** Why something was refused, as clients and logs name it. The names are part of the protocol. */
public enum ErrorCode {
  /** A room's name is malformed. */
  INVALID_ROOM("invalid_room"),
  /** The data is missing, of the wrong type, or not JSON that every reader reads alike. */
  INVALID_DATA("invalid_data"),
  /** A client's id is malformed, or stands twice in one frame. */
  INVALID_ID("invalid_id"),
  /** Another field is malformed. */
  INVALID_FIELD("invalid_field"),
  /** The data is over its limit. */
  TOO_LARGE("too_large"),
  /** More rooms than one connection may join. */
  TOO_MANY_ROOMS("too_many_rooms"),
  /** The connection is not in the room that it wants to leave. */
  NOT_A_MEMBER("not_a_member"),
  /** The connection has no right to do this in this room. */
  FORBIDDEN("forbidden"),
  /** The connection's token has expired. */
  EXPIRED("expired"),
  /** The connection sends faster than it may. Temporary. */
  RATE_LIMITED("rate_limited"),
  /** The storage does not answer. Temporary. */
  UNAVAILABLE("unavailable");

  private final String code;

  ErrorCode(String code) {
    this.code = code;
  }

  /** The name on the wire. */
  public String code() {
    return code;
  }

  /** Whether the same frame may be taken a little later. */
  public boolean isTemporary() {
    return this == UNAVAILABLE || this == RATE_LIMITED;
  }
}
