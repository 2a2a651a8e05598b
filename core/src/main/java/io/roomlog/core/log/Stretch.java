package io.roomlog.core.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes up through a stretch of a log as it is stored and decides what is missing: a hole, or an
 * entry that has expired and been deleted.
 *
 * <p>Entries expire in the order of their positions, give or take an hour. So what is missing above
 * an entry that is not {@link Expiry#NEAR} its end is a hole. Otherwise it may be either, and is
 * taken for gone once no writer can be on its way any more: because the entry above, or the silence
 * that the counter noted, is older than the margin. Nothing that is gone is ever filled, and a page
 * begins above it.
 */
final class Stretch {

  /**
   * Positions that are missing, none of which has expired.
   *
   * @param from the lowest
   * @param to the highest
   * @param above the {@code at} of the entry above, or of the counter
   */
  record Hole(long from, long to, Instant above) {

    /** Whether one of its writers may still be on its way. */
    boolean pending(Instant now) {
      return !HoleAge.mayBeClosed(above, now);
    }
  }

  private final Expiry expiry;
  private final long quiet;
  private final Instant now;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Hole> holes = new ArrayList<>();
  private long from;
  private long next;
  private @Nullable Entry below;

  /**
   * Begins at a position.
   *
   * @param counter as it was read before the entries
   * @param from everything under it is gone, or not asked for
   * @param below the entry under it, if there is one that can be read
   */
  Stretch(Counter counter, Instant now, long from, @Nullable Entry below) {
    this.expiry = counter.expiry();
    // A claim since then would have noted the silence before it.
    this.quiet = Expiry.quietSince(counter.at(), now) ? counter.head() : expiry.quiet();
    this.now = now;
    this.from = from;
    this.next = from;
    this.below = below == null || expiry.expired(below, now) ? null : below;
  }

  /** The next entry that is stored. */
  void add(Entry entry) {
    if (expiry.expired(entry, now)) {
      beginAt(entry.position() + 1);
      return;
    }
    missingTo(entry.position() - 1, entry.at());
    entries.add(entry);
    next = entry.position() + 1;
    below = entry;
  }

  /**
   * Nothing more is stored up to a position.
   *
   * @param above the {@code at} of the entry above that position, or of the counter
   */
  void endAt(long to, Instant above) {
    missingTo(to, above);
    next = Math.max(next, to + 1);
  }

  private void missingTo(long to, Instant above) {
    if (next > to) {
      return;
    }
    long hole = expiry.never() ? next : aboveWhatIsGone(to, above);
    if (hole > next) {
      beginAt(hole);
    }
    if (hole <= to) {
      holes.add(new Hole(hole, to, above));
    }
  }

  private long aboveWhatIsGone(long to, Instant above) {
    if (below != null && !expiry.expired(below, now.plus(Expiry.NEAR))) {
      return next;
    }
    return Expiry.quietSince(above, now) ? to + 1 : Math.clamp(quiet + 1, next, to + 1);
  }

  private void beginAt(long position) {
    from = position;
    next = position;
    below = null;
    entries.clear();
    holes.clear();
  }

  /** Where it begins, above all that is gone. */
  long from() {
    return from;
  }

  /** The last position that it knows of. */
  long to() {
    return next - 1;
  }

  /** The entries from its beginning on. */
  List<Entry> entries() {
    return entries;
  }

  /** The holes from its beginning on. */
  List<Hole> holes() {
    return holes;
  }
}
