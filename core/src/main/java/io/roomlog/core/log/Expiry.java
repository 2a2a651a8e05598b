package io.roomlog.core.log;

import java.time.Duration;
import java.time.Instant;

/**
 * When the entries of a room expire, as its counter tells it. It is kept there, and not in what
 * readers are configured with, because readers and writers of different settings run side by side,
 * and because what was deleted tells nobody any more that it ever had an end.
 *
 * <p>Entries expire in the order of their positions: a position handed out before the retention
 * last changed goes after the shortest retention that the room ever had, so it never outlives one
 * behind it. A shorter retention therefore counts for what is stored too, and a longer one brings
 * nothing back.
 *
 * @param retention under which positions are handed out now
 * @param shortest the shortest that the room ever had
 * @param changed the highest position handed out before the retention last changed
 * @param quiet the highest position that was handed out more than {@link #MARGIN} before the next
 */
public record Expiry(Retention retention, Retention shortest, long changed, long quiet) {

  /** A room that never had a retention. */
  public static final Expiry NEVER = new Expiry(Retention.forever(), Retention.forever(), 0, 0);

  /**
   * How far clocks may be apart, and how long a writer may take to fill its position, where it
   * decides between a hole and an entry that has expired. A function lives 15 minutes at most.
   */
  public static final Duration MARGIN = Duration.ofHours(1);

  /**
   * Above an entry that has less than this to go, what is missing may have expired: entries of two
   * clocks may expire in two hours in the wrong order, and a reader may take its time.
   */
  static final Duration NEAR = MARGIN.multipliedBy(2);

  /** Whether nothing in the room ever expires. */
  public boolean never() {
    return shortest instanceof Retention.Forever;
  }

  /** The retention of a position. */
  public Retention of(long position) {
    return position <= changed ? shortest : retention;
  }

  /** Whether an entry can be read no longer. */
  boolean expired(Entry entry, Instant now) {
    return of(entry.position())
        .expiresAt(entry.at())
        .filter(expiresAt -> !now.isBefore(expiresAt))
        .isPresent();
  }

  /** Whether the counter says all that a claim would have it say. */
  boolean covers(Retention claiming, Instant last, Instant now) {
    return retention.equals(claiming) && (never() || !quietSince(last, now));
  }

  /** The expiry after a claim, for a counter that did not cover it. */
  Expiry claimed(Retention claiming, long head, Instant last, Instant now) {
    return new Expiry(
        claiming,
        shortest.orShorter(claiming),
        retention.equals(claiming) ? changed : head,
        quietSince(last, now) ? head : quiet);
  }

  /** Whether the last claim is so long ago that its writer has long stopped. */
  public static boolean quietSince(Instant last, Instant now) {
    return last.plus(MARGIN).isBefore(now);
  }
}
