package io.roomlog.tests.simulation;

import io.roomlog.core.testing.VirtualTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What happened, as a number that two runs of a seed have in common, and the last of it in words.
 */
final class Trace {

  /** Steps that are kept in words. */
  static final int KEPT_MAX = Integer.getInteger("roomlog.trace", 60);

  private final VirtualTime time;
  private final Deque<Step> last = new ArrayDeque<>();
  private long hash = 1;
  private long steps;

  private record Step(long nanos, String what, String subject, Object detail) {
    @Override
    public String toString() {
      return "%10.3f %s %s %s".formatted(nanos / 1e9, what, subject, detail);
    }
  }

  Trace(VirtualTime time) {
    this.time = time;
  }

  /**
   * Takes down a step.
   *
   * @param detail whose hash code follows from its value alone
   */
  void step(String what, String subject, Object detail) {
    steps++;
    mix(time.nanos());
    mix(what.hashCode());
    mix(subject.hashCode());
    mix(detail.hashCode());
    last.addLast(new Step(time.nanos(), what, subject, detail));
    if (last.size() > KEPT_MAX) {
      last.removeFirst();
    }
  }

  private void mix(long value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 32;
  }

  /** The number of everything so far. */
  long hash() {
    return hash;
  }

  long steps() {
    return steps;
  }

  /** The last steps, each a line. */
  List<String> last() {
    return last.stream().map(Step::toString).toList();
  }
}
