package io.roomlog.fanout;

import java.time.Duration;
import java.time.Instant;

/**
 * How posts have fared lately, counted in slots of 50 ms over the last ten seconds. Every span
 * asked for begins at a slot's edge, so it is up to one slot longer than it was asked. Safe for
 * many threads.
 */
final class Recent {

  /** The grain of all spans. */
  static final Duration SLOT = Duration.ofMillis(50);

  /** How far back it reaches. */
  static final Duration REACH = Duration.ofSeconds(10);

  private static final int SLOTS = (int) REACH.dividedBy(SLOT) + 1;

  private final long[] slots = new long[SLOTS];
  private final int[] admitted = new int[SLOTS];
  private final int[] refused = new int[SLOTS];

  /**
   * How many posts were let through and how many refused.
   *
   * @param admitted answered with anything but 429, a 410 too: the throttle has let it through
   * @param refused answered with 429
   */
  record Counts(long admitted, long refused) {

    /** Both. */
    long answered() {
      return admitted + refused;
    }

    /** These without those. */
    Counts without(Counts own) {
      return new Counts(admitted - own.admitted, refused - own.refused);
    }
  }

  /** A post was let through. */
  synchronized void admit(Instant now) {
    admitted[at(slot(now))]++;
  }

  /** A post was refused. */
  synchronized void refuse(Instant now) {
    refused[at(slot(now))]++;
  }

  /** What happened in a span that ends now; spans longer than {@link #REACH} are cut to it. */
  synchronized Counts counts(Instant now, Duration span) {
    long last = slot(now);
    long first = Math.max(slot(now.minus(span)), last - SLOTS + 1);
    return between(first, last);
  }

  /**
   * Posts let through a second, over the last complete slots.
   *
   * @param complete how many slots, at least 1
   */
  synchronized double admittedPerSecond(Instant now, int complete) {
    long end = slot(now);
    double seconds = complete * (double) SLOT.toMillis() / 1_000;
    return between(end - complete, end - 1).admitted() / seconds;
  }

  private Counts between(long first, long last) {
    long ok = 0;
    long no = 0;
    for (long slot = first; slot <= last; slot++) {
      int index = index(slot);
      if (slots[index] == slot) {
        ok += admitted[index];
        no += refused[index];
      }
    }
    return new Counts(ok, no);
  }

  /** The slot's index, emptied if it held an older slot. */
  private int at(long slot) {
    int index = index(slot);
    if (slots[index] != slot) {
      slots[index] = slot;
      admitted[index] = 0;
      refused[index] = 0;
    }
    return index;
  }

  private static int index(long slot) {
    return (int) (slot % SLOTS);
  }

  /** Whether something that happened then is counted in a span that ends now. */
  static boolean isWithin(Instant then, Instant now, Duration span) {
    return slot(then) >= slot(now.minus(span));
  }

  private static long slot(Instant now) {
    return now.toEpochMilli() / SLOT.toMillis();
  }
}
