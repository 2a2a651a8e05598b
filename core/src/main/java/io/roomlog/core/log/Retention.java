package io.roomlog.core.log;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long an entry can be read. What is older is hidden by readers; DynamoDB deletes it some time
 * later, usually within days, in no order
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html).
 */
public sealed interface Retention {

  /** Entries stay. */
  static Retention forever() {
    return new Forever();
  }

  /** The shortest; a message's id is remembered as long, and a clock's error is small beside it. */
  int DAYS_MIN = 1;

  /** The longest that is not for ever: four digits, as the template's parameter takes. */
  int DAYS_MAX = 9_999;

  /** Entries stay. */
  record Forever() implements Retention {}

  /**
   * Entries can be read for some time, and up to two hours longer.
   *
   * @param time whole seconds, at least a day
   */
  record For(Duration time) implements Retention {

    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException if it is shorter than a day
     */
    public For {
      if (time.compareTo(Duration.ofDays(DAYS_MIN)) < 0) {
        throw new IllegalArgumentException("retention " + time + "; the least is a day");
      }
    }
  }

  /**
   * A retention in days, as it is configured.
   *
   * @param days {@value #DAYS_MIN}–{@value #DAYS_MAX}, or 0 for ever
   */
  static Retention ofDays(int days) {
    return days == 0 ? forever() : new For(Duration.ofDays(days));
  }

  /**
   * A retention in seconds, as it is stored.
   *
   * @param seconds at least a day, or 0 for ever
   */
  static Retention ofSeconds(long seconds) {
    return seconds == 0 ? forever() : new For(Duration.ofSeconds(seconds));
  }

  /** In seconds; 0 for ever. */
  default long seconds() {
    return switch (this) {
      case Forever() -> 0;
      case For(Duration time) -> time.toSeconds();
    };
  }

  /**
   * When an entry expires. At a whole hour, so that what was written in one hour goes at one moment
   * and readers look for the first position once an hour; and an hour late, so that what is near
   * its end ({@link Expiry#NEAR}) has been readable for all its time. Empty if never.
   */
  default Optional<Instant> expiresAt(Instant at) {
    return switch (this) {
      case Forever() -> Optional.empty();
      case For(Duration time) -> Optional.of(Hours.next(at.plus(time).plus(Expiry.MARGIN)));
    };
  }

  /** The shorter of two. */
  default Retention orShorter(Retention other) {
    if (this instanceof For(Duration mine) && other instanceof For(Duration theirs)) {
      return mine.compareTo(theirs) <= 0 ? this : other;
    }
    return this instanceof For ? this : other;
  }
}
