package io.roomlog.fanout.crowd;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Ranges of one room that are pushed together: each position once, in rising order, however the
 * ranges overlap.
 */
public final class Merged {

  private final NavigableSet<Long> positions = new TreeSet<>();
  private final Set<Long> plain = new HashSet<>();

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
   */
  public Merged(List<Range> ranges) {
    for (Range range : ranges) {
      for (long position = range.from(); position <= range.to(); position++) {
        positions.add(position);
        if (!range.without().contains(position)) {
          plain.add(position);
        }
      }
    }
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

  /** Whether plain connections get the entry of a position. */
  public boolean isForPlain(long position) {
    return plain.contains(position);
  }
}
