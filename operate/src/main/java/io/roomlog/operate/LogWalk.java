package io.roomlog.operate;

import io.roomlog.core.Backoff;
import io.roomlog.core.Pause;
import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.AppendFailed;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.Page;
import io.roomlog.core.log.RoomLog;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Goes through a room's log in the order of its positions, a page at a time, so that a log of any
 * length takes no more memory than a page. Where it stops, it can go on.
 */
final class LogWalk {

  /** Tries without a step forward: a writer that has not written by then is dead. */
  static final int STANDSTILLS_MAX = 30;

  private static final Backoff STANDSTILL =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(2));

  private final RoomLog log;
  private final RoomName room;
  private final Pause pause;
  private final RandomGenerator random;
  private long next;

  LogWalk(RoomLog log, RoomName room, Pause pause, RandomGenerator random) {
    this.log = log;
    this.room = room;
    this.pause = pause;
    this.random = random;
  }

  /** The first position that it has not given to anybody. */
  long next() {
    return next;
  }

  /**
   * Gives every entry of a stretch, each position once. A position that is handed out and empty is
   * waited for: it is written or closed within seconds.
   *
   * @param from the first position; what has expired is passed over
   * @param to the last one; no further than the head at the beginning
   * @param each gets the entries of a page
   * @throws CommandFailed if the storage does not answer; it names where to go on
   */
  void from(long from, long to, Consumer<List<Entry>> each) throws InterruptedException {
    next = from;
    try {
      long last = Math.min(to, log.head(room).head());
      int standstills = 0;
      while (next <= last) {
        standstills = step(last, each) ? 0 : standstills + 1;
        if (standstills > STANDSTILLS_MAX) {
          throw stopped("is being written all the while");
        }
        if (standstills > 0) {
          pause.of(STANDSTILL.before(standstills, random));
        }
      }
    } catch (StorageUnavailable | AppendFailed e) {
      throw stopped("could not be read: " + e.getMessage());
    }
  }

  private boolean step(long last, Consumer<List<Entry>> each) {
    Page page = log.after(room, next - 1, RoomLog.PAGE_ENTRIES_MAX);
    List<Entry> entries =
        page.entries().stream().filter(entry -> entry.position() <= last).toList();
    long before = next;
    each.accept(entries);
    next = Math.max(next, entries.isEmpty() ? page.from() : entries.getLast().position() + 1);
    return next > before;
  }

  private CommandFailed stopped(String why) {
    return new CommandFailed(
        "%s: position %d %s; go on with --from %d".formatted(room, next, why, next));
  }
}
