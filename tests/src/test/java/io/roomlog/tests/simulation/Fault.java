package io.roomlog.tests.simulation;

/** What can go wrong, and how likely it is each time that it could. */
enum Fault {
  /** A route's function dies before, between or after its calls. */
  WRITER_DIES(0.003),
  /** The fan-out dies, likewise. */
  FAN_OUT_DIES(0.003),
  /** An environment's clock is wrong, by up to two seconds. */
  CLOCK_SKEWED(0.5),
  /** The storage takes its time. */
  SLOW(0.01),
  /** The storage refuses a call. */
  THROTTLED(0.01),
  /** The storage does what it was asked, and the answer is lost. */
  ANSWER_LOST(0.01),
  /** The caller has given up, and then the storage does it. */
  WRITTEN_LATE(0.005),
  /** The storage's client does a call twice, since the first answer was lost. */
  CALL_REPEATED(0.01),
  /** Another transaction is at the same items. */
  CONFLICT(0.03),
  /** A replica answers that has not heard of a marker. Counted if there was one. */
  MARKER_STALE(0.5),
  /** The storage deletes an entry that has expired. */
  ENTRY_DELETED(0.3),
  /** The row of a live connection disappears. */
  ROW_EXPIRED(0.3),
  /** A connection breaks, and both sides notice. */
  CUT(0.3),
  /** A connection breaks, and nobody notices. */
  VANISHED(0.15),
  /** A device sleeps for some time. */
  ASLEEP(0.15),
  /** Nobody is told that a connection has ended. */
  DISCONNECT_LOST(0.3),
  /** A live connection is said to be gone. */
  POST_GONE(0.01),
  /** A post is too fast. */
  POST_TOO_FAST(0.02),
  /** The gateway fails. */
  POST_FAILED(0.02),
  /** The gateway says that it failed, and has delivered. */
  POST_FAILED_DELIVERED(0.01),
  /** A post has no answer, and is delivered or not. */
  POST_UNANSWERED(0.005),
  /** The gateway took a post, and it arrives nowhere. */
  POST_DROPPED(0.01),
  /** A frame arrives seconds late, behind others. */
  FRAME_DELAYED(0.02),
  /** An answer does not arrive, though the connection stands. */
  REPLY_DROPPED(0.005),
  /** A record comes seconds late, behind others. */
  RECORD_DELAYED(0.03),
  /** A record never comes. */
  RECORD_DROPPED(0.01),
  /** A batch comes again although it was handled. */
  BATCH_REPEATED(0.03),
  /** A shard stands still. */
  SHARD_STALLED(0.005);

  private final double chance;

  Fault(double chance) {
    this.chance = chance;
  }

  double chance() {
    return chance;
  }
}
