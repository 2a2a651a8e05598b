package io.roomlog.local.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * A record that a poll has brought.
 *
 * @param seen when the poll brought it; the batching window runs from here
 * @param born when the record's age begins
 */
record Arrival(StreamRecord record, Instant seen, Instant born) {

  /**
   * Notes a record's arrival.
   *
   * <p>A record was made no later than it was seen, and no later than its stream's coarse timestamp
   * allows. Age counts from the earlier of the two: with timestamps cut to the minute a fresh
   * record is as old as its first poll says, not up to a minute older, and one that waited while
   * nobody read the stream keeps its age to within that minute.
   *
   * @param precision how far creation times may lie before the truth
   */
  static Arrival of(StreamRecord record, Instant seen, Duration precision) {
    var latestBirth = record.createdAt().plus(precision);
    return new Arrival(record, seen, latestBirth.isBefore(seen) ? latestBirth : seen);
  }

  SequenceNumber sequenceNumber() {
    return record.sequenceNumber();
  }
}
