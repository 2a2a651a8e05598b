package io.roomlog.local.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * When gathered records are a batch: as soon as there is one, or with a batching window when the
 * batch is full, the window over, or the event as large as an invocation takes
 * (docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html, "Batching behavior").
 *
 * @param records the mapping's batch size
 * @param window the mapping's batching window
 */
record BatchLimits(int records, Duration window) {
  /** The payload quota of a synchronous invocation, 6 MB. */
  static final int EVENT_BYTES_MAX = 6 * 1024 * 1024;

  private static final int ENVELOPE_BYTES = "{\"Records\":[]}".length();
  private static final int SEPARATOR_BYTES = ",".length();

  /**
   * How many of the records go into the next batch now.
   *
   * @param gathered in stream order
   * @param complete whether no more records will come
   * @return 0 to gather on
   */
  int ready(Collection<Arrival> gathered, Instant now, boolean complete) {
    if (gathered.isEmpty()) {
      return 0;
    }
    int fitting = fitting(gathered);
    boolean full = fitting == records || fitting < gathered.size();
    var oldest = gathered.iterator().next().seen();
    boolean windowOver = !now.isBefore(oldest.plus(window));
    return full || complete || windowOver ? fitting : 0;
  }

  /** As many as the batch size and the payload allow; one always fits. */
  private int fitting(Collection<Arrival> gathered) {
    int count = 0;
    long bytes = ENVELOPE_BYTES;
    for (var arrival : gathered) {
      bytes += arrival.record().bytes() + (count == 0 ? 0 : SEPARATOR_BYTES);
      if (count == records || (count > 0 && bytes > EVENT_BYTES_MAX)) {
        return count;
      }
      count++;
    }
    return count;
  }
}
