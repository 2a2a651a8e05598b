package io.roomlog.local.stream;

/** What a function's answer says of its batch. */
sealed interface Verdict {
  /** Every record is handled. */
  record AllDone() implements Verdict {}

  /** Records before this one are handled, it and those after it are not. */
  record FailedFrom(SequenceNumber lowest) implements Verdict {}

  /**
   * No record counts as handled.
   *
   * @param reason for the operator's log
   */
  record AllFailed(String reason) implements Verdict {}
}
