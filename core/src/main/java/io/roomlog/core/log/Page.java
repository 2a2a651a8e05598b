package io.roomlog.core.log;

import java.util.List;

/**
 * A stretch of the log in which nothing is missing.
 *
 * @param from its first position
 * @param to its last position; {@code from - 1} if it is empty
 * @param head the highest position handed out when it was read
 * @param entries the entry of every position from {@code from} to {@code to}, in order
 * @param pending whether it ends before a position whose writer may still be on its way
 */
public record Page(long from, long to, long head, List<Entry> entries, boolean pending) {

  /**
   * Checks that nothing is missing.
   *
   * @throws IllegalArgumentException if an entry is not where it should be
   */
  public Page {
    entries = List.copyOf(entries);
    if (entries.size() != to - from + 1) {
      throw new IllegalArgumentException(
          "page " + from + "-" + to + " has " + entries.size() + " entries");
    }
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).position() != from + i) {
        throw new IllegalArgumentException(
            "position " + (from + i) + " of a page holds " + entries.get(i).position());
      }
    }
  }

  /** Whether there are positions after this page. */
  public boolean more() {
    return to < head;
  }
}
