package io.roomlog.fanout.crowd;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.RoomLog;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Positions of a room's log that are to be pushed.
 *
 * @param room the room
 * @param from the first position, from 1 on
 * @param to the last position, at most {@value #POSITIONS_MAX} positions in all
 * @param without positions between them that plain connections do not get: they come, or came, with
 *     a range of their own, and a plain connection cannot tell a repeat from a new message
 * @param again whether they are to be pushed even if they were pushed before: somebody asked for it
 */
public record Range(RoomName room, long from, long to, Set<Long> without, boolean again) {

  /** Positions in one range, at most: what one query of the log returns of short entries. */
  public static final int POSITIONS_MAX = 1_000;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if they are no range
   */
  public Range {
    without = Set.copyOf(without);
    fault(from, to, POSITIONS_MAX)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
    for (long position : without) {
      if (position < from || position > to) {
        throw new IllegalArgumentException(position + " is not in " + from + " to " + to);
      }
    }
  }

  /** A range that is pushed unless it was. */
  public Range(RoomName room, long from, long to, Set<Long> without) {
    this(room, from, to, without, false);
  }

  /**
   * All positions from one to another, to be pushed again, in as many ranges as that needs, in
   * rising order.
   */
  public static List<Range> all(RoomName room, long from, long to) {
    List<Range> ranges = new ArrayList<>();
    for (long first = from; first <= to; first += POSITIONS_MAX) {
      ranges.add(new Range(room, first, Math.min(to, first + POSITIONS_MAX - 1), Set.of(), true));
    }
    return ranges;
  }

  /**
   * Ranges that hold exactly these positions, in rising order.
   *
   * @param positions at least one
   */
  public static List<Range> covering(RoomName room, NavigableSet<Long> positions) {
    List<Range> ranges = new ArrayList<>();
    NavigableSet<Long> left = positions;
    while (!left.isEmpty()) {
      NavigableSet<Long> taken = left.headSet(left.first() + POSITIONS_MAX, false);
      ranges.add(covered(room, taken));
      left = left.tailSet(taken.last(), false);
    }
    return ranges;
  }

  private static Range covered(RoomName room, NavigableSet<Long> positions) {
    Set<Long> without = new TreeSet<>();
    LongStream.range(positions.first(), positions.last())
        .filter(position -> !positions.contains(position))
        .forEach(without::add);
    return new Range(room, positions.first(), positions.last(), without);
  }

  /**
   * What is wrong with two bounds.
   *
   * @param most positions in all
   * @return names the field and the limit; empty if nothing is
   */
  public static Optional<String> fault(long from, long to, int most) {
    if (from < 1) {
      return Optional.of("from is " + from + "; a position is a whole number from 1 on");
    }
    if (to < from) {
      return Optional.of("to is " + to + ", before from, which is " + from);
    }
    if (to > RoomLog.POSITION_MAX) {
      return Optional.of("to is " + to + "; the highest position is " + RoomLog.POSITION_MAX);
    }
    if (to - from >= most) {
      String wanted = "to is " + to + ", " + (to - from + 1) + " positions with from " + from;
      return Optional.of(wanted + "; the limit is " + most + " positions");
    }
    return Optional.empty();
  }
}
