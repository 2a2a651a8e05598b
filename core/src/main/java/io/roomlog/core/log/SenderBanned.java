package io.roomlog.core.log;

import io.roomlog.core.RoomName;
import java.time.Instant;

/** The author of an append is banned from the room. Nothing was stored. */
public final class SenderBanned extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Instant until;

  /** Names the room and the end. */
  public SenderBanned(RoomName room, Instant until) {
    // No stack trace: it is an answer to a client, of whom there are many.
    super("banned from " + room + " until " + until, null, false, false);
    this.until = until;
  }

  /** When the ban ends. */
  public Instant until() {
    return until;
  }
}
