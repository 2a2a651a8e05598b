package io.roomlog.fanout.crowd;

import io.roomlog.core.push.Pushed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Ranges of one room that are pushed together: each position once, in rising order, however the
 * ranges overlap, and none that was pushed before unless somebody wants it again.
 */
public final class Merged {

  private final NavigableSet<Long> positions = new TreeSet<>();
  private final Set<Long> plain = new HashSet<>();
  private final Set<Long> onward = new HashSet<>();
  private final OptionalLong next;

  /**
   * Positions without one missing between them.
   *
   * @param from the first
   * @param to the last
   */
  public record Run(long from, long to) {
    /** How many those are. */
    public long length() {
      return to - from + 1;
    }
  }

  /**
   * Merges.
   *
   * @param ranges of one room, at most as many as a batch of the queue has
   * @param pushed what of them need not be pushed
   */
  public Merged(List<Range> ranges, Pushed pushed) {
    for (Range range : ranges) {
      for (long position = range.from(); position <= range.to(); position++) {
        if (range.again() || !pushed.contains(position)) {
          add(position, range);
        }
      }
    }
    next =
        ranges.stream().anyMatch(Range::again)
            ? OptionalLong.empty()
            : OptionalLong.of(
                1
                    + Math.max(
                        pushed.last().orElse(0),
                        ranges.stream().mapToLong(Range::to).max().orElse(0)));
  }

  private void add(long position, Range range) {
    positions.add(position);
    if (!range.without().contains(position)) {
      plain.add(position);
      if (!range.again()) {
        onward.add(position);
      }
    }
  }

  /** Whether nothing is left to be pushed. */
  public boolean isEmpty() {
    return positions.isEmpty();
  }

  /**
   * The position from which on nothing has been pushed and nothing is asked for; empty if somebody
   * wants something again: he wants that and no more.
   */
  public OptionalLong next() {
    return next;
  }

  /** The positions, in as few runs as there can be, in rising order. */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (long position : positions) {
      if (!runs.isEmpty() && runs.getLast().to() == position - 1) {
        runs.set(runs.size() - 1, new Run(runs.getLast().from(), position));
      } else {
        runs.add(new Run(position, position));
      }
    }
    return runs;
  }

  /** Whether a position counts as pushed to everybody once these are. */
  public boolean isForAll(long position) {
    return onward.contains(position);
  }

  /** Whether plain connections get the entry of a position. */
  public boolean isForPlain(long position) {
    return plain.contains(position);
  }
}
