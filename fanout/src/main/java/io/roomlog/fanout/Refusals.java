package io.roomlog.fanout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one connection has contributed to the counts of all: to be taken off when it is compared
 * with others, and how often in a row its frame was refused. For one thread at a time.
 */
final class Refusals {

  private final String connectionId;
  private final List<Instant> admitted = new ArrayList<>();
  private final List<Instant> firsts = new ArrayList<>();
  private int inARow;

  Refusals(String connectionId) {
    this.connectionId = connectionId;
  }

  String connectionId() {
    return connectionId;
  }

  /** Refusals of the frame that is under way. */
  int inARow() {
    return inARow;
  }

  /** When that frame was refused first. */
  Instant first() {
    return firsts.getLast();
  }

  void refused(Instant now) {
    if (++inARow == 1) {
      firsts.add(now);
    }
  }

  void admitted(Instant now) {
    inARow = 0;
    admitted.add(now);
  }

  /** This connection's part in a span. */
  Recent.Counts own(Instant now, Duration span) {
    return new Recent.Counts(within(admitted, now, span), within(firsts, now, span));
  }

  private static long within(List<Instant> times, Instant now, Duration span) {
    return times.stream().filter(time -> Recent.isWithin(time, now, span)).count();
  }
}
