package io.roomlog.core.wire;

import io.roomlog.core.RoomName;

/** New entries of a room as {@code roomlog.v1} connections get them. */
public final class PushFrame {

  private PushFrame() {}

  /**
   * The frame of some entries of a room.
   *
   * @param cut at least one entry; positions between them may be in another frame
   */
  public static String of(RoomName room, Cut cut) {
    return "{\"type\":\"messages\",\"room\":"
        + Json.quoted(room.value())
        + ",\"from\":"
        + cut.entries().getFirst().position()
        + ",\"to\":"
        + cut.entries().getLast().position()
        + ",\"messages\":"
        + cut.messages()
        + "}";
  }
}
