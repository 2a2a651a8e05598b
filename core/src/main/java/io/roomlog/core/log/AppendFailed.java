package io.roomlog.core.log;

import io.roomlog.core.RoomName;

/**
 * An append met so many others at the same positions that it gave up. What it had stored stays
 * stored; with ids, the same drafts may be appended again without storing any twice.
 */
public final class AppendFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String room;
  private final int tries;

  /**
   * Names the room and how often it was tried.
   *
   * @param room where
   * @param what which bound was reached
   * @param tries the bound
   */
  AppendFailed(RoomName room, String what, int tries) {
    super("room " + room + ": gave up after " + tries + " " + what);
    this.room = room.value();
    this.tries = tries;
  }

  /** Where it was. */
  public String room() {
    return room;
  }

  /** How often it was tried. */
  public int tries() {
    return tries;
  }
}
