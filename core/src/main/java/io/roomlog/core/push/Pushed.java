package io.roomlog.core.push;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Positions of a room that everybody in it has been pushed, as far as that is remembered: the
 * newest of them. What is not among them may have been pushed or not.
 *
 * <p>Runs and not one position, because what was pushed need not be without gaps: two writers may
 * store 43 before 42, and the push that brings 43 must not make that of 42 look done.
 *
 * @param runs in rising order, with a gap between any two, at most {@value #RUNS_MAX}
 */
public record Pushed(List<Run> runs) {

  /** Runs that are remembered; the oldest are forgotten first, and then pushed once more. */
  public static final int RUNS_MAX = 16;

  /** Nothing that is known of. */
  public static final Pushed NOTHING = new Pushed(List.of());

  private static final Pattern RUN = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  /**
   * Positions without one missing between them.
   *
   * @param from the first
   * @param to the last
   */
  public record Run(long from, long to) {
    /** Checks the bounds. */
    public Run {
      if (from < 1 || to < from) {
        throw new IllegalArgumentException("no run of positions: " + from + " to " + to);
      }
    }
  }

  /** Copies what is given. */
  public Pushed {
    runs = List.copyOf(runs);
  }

  /** Whether a position is among them. */
  public boolean contains(long position) {
    return runs.stream().anyMatch(run -> run.from() <= position && position <= run.to());
  }

  /** The highest position, or empty if nothing is known of. */
  public OptionalLong last() {
    return runs.isEmpty() ? OptionalLong.empty() : OptionalLong.of(runs.getLast().to());
  }

  /** These and one more. */
  public Pushed with(long position) {
    return and(new Pushed(List.of(new Run(position, position))));
  }

  /** These and others, as many of the newest as are remembered. */
  public Pushed and(Pushed others) {
    List<Run> joined = new ArrayList<>();
    Stream.concat(runs.stream(), others.runs.stream())
        .sorted(Comparator.comparingLong(Run::from))
        .forEach(run -> join(joined, run));
    return new Pushed(joined.subList(Math.max(0, joined.size() - RUNS_MAX), joined.size()));
  }

  private static void join(List<Run> joined, Run run) {
    if (joined.isEmpty() || joined.getLast().to() < run.from() - 1) {
      joined.add(run);
    } else {
      Run last = joined.removeLast();
      joined.add(new Run(last.from(), Math.max(last.to(), run.to())));
    }
  }

  /** As it is stored: {@code 41-60,62-80}. */
  public String text() {
    return runs.stream().map(run -> run.from() + "-" + run.to()).collect(Collectors.joining(","));
  }

  /**
   * What {@link #text} has written. Whatever does not look like it is nothing that is known of:
   * then ranges are pushed that need not have been, which is better than not at all.
   */
  public static Pushed of(String text) {
    Pushed pushed = NOTHING;
    for (String part : text.split(",", -1)) {
      var run = RUN.matcher(part);
      if (!run.matches() || !isRun(Long.parseLong(run.group(1)), Long.parseLong(run.group(2)))) {
        return NOTHING;
      }
      pushed =
          pushed.and(
              new Pushed(
                  List.of(new Run(Long.parseLong(run.group(1)), Long.parseLong(run.group(2))))));
    }
    return pushed;
  }

  private static boolean isRun(long from, long to) {
    return from >= 1 && to >= from;
  }
}
