package io.roomlog.core.log;

import java.util.List;

/**
 * A stretch of the log in which nothing is missing, in the order of positions whichever way it was
 * read.
 *
 * @param from its first position
 * @param to its last position; {@code from - 1} if it is empty
 * @param head the highest position handed out when it was read
 * @param first the lowest position that can still be read, {@code head + 1} when there is none
 * @param entries the entry of every position from {@code from} to {@code to}, in order
 * @param more whether there are positions beyond it in the direction it was read
 * @param pending whether it ends at {@code to} because a position after that is handed out, and its
 *     writer may still be on its way
 * @param bans who may not read it
 */
public record Page(
    long from,
    long to,
    long head,
    long first,
    List<Entry> entries,
    boolean more,
    boolean pending,
    Bans bans) {

  /** A page that everybody may read. */
  public Page(
      long from,
      long to,
      long head,
      long first,
      List<Entry> entries,
      boolean more,
      boolean pending) {
    this(from, to, head, first, entries, more, pending, Bans.NONE);
  }

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
}
