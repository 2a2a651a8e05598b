package io.roomlog.handlers;

/** Why something was refused, as clients and logs name it. The names are part of the protocol. */
public enum ErrorCode {
  /** A room's name is malformed. */
  INVALID_ROOM("invalid_room"),
  /** The data is missing, of the wrong type or not strict JSON. */
  INVALID_DATA("invalid_data"),
  /** A client's id is malformed. */
  INVALID_ID("invalid_id"),
  /** Another field is malformed. */
  INVALID_FIELD("invalid_field"),
  /** The data is over its limit. */
  TOO_LARGE("too_large"),
  /** More rooms than one connection may join. */
  TOO_MANY_ROOMS("too_many_rooms");

  private final String code;

  ErrorCode(String code) {
    this.code = code;
  }

  /** The name on the wire. */
  public String code() {
    return code;
  }
}
