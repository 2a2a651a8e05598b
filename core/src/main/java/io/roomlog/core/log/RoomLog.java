package io.roomlog.core.log;

import io.roomlog.core.Pause;
import io.roomlog.core.RoomName;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The log of every room: entries at positions 1, 2, 3 …, written once, never moved.
 *
 * <h2>Handing out positions</h2>
 *
 * Positions come from a counter and are filled afterwards, as in CORFU (Balakrishnan et al.,
 * "CORFU: A Shared Log Design for Flash Clusters", NSDI 2012): the sequencer is only an
 * optimisation, and what makes the log right is that a position can be written once. Two calls
 * store a message, however many senders a room has; nobody retries because somebody else was
 * quicker.
 *
 * <h2>Writing once</h2>
 *
 * An entry is put on the condition that its position is empty. Each draft carries a nonce, because
 * a put may have happened although its answer was lost, and the storage's client then repeats it:
 * an entry that is there with <em>our</em> nonce is our success. Somebody else's means the position
 * is lost; a new one is taken, and in a batch for everything that follows too, so that a batch
 * stays in order.
 *
 * <h2>A client's own ids</h2>
 *
 * With an id, entry and marker are written in one transaction. A marker that is there already makes
 * the draft a repeat: it is answered with the first position, and the position taken for it is
 * closed.
 *
 * <h2>Holes</h2>
 *
 * A writer that dies between the two calls leaves a position empty. A reader that meets it closes
 * it with a void, under the same condition, once {@link HoleAge} says so. Whoever loses that race
 * has lost it for good, so correctness never rests on a clock; only progress does.
 *
 * <h2>Reading</h2>
 *
 * A page has no gaps: what is missing is closed, or the page ends before it. Both directions go
 * through the same {@link Stretch}.
 *
 * <h2>Retention</h2>
 *
 * With a retention entries expire, late and in no order as far as the storage is concerned. The
 * room's counter says when ({@link Expiry}), so whoever reads hides what has expired by the same
 * rule, and tells what was deleted from a hole.
 *
 * <h2>A counter behind its log</h2>
 *
 * After a table was restored from a backup the counter may hand out positions that are filled. A
 * writer that loses three in a row looks at the last entry and raises the counter to it.
 */
public final class RoomLog {

  /** Drafts in one append at most. */
  public static final int DRAFTS_MAX = 25;

  /** Entries in one page at most. */
  public static final int PAGE_ENTRIES_MAX = 1_000;

  /**
   * The highest position that a JSON number holds exactly in every client (RFC 7493, section 2.2),
   * and more than any room gets to.
   */
  public static final long POSITION_MAX = (1L << 53) - 1;

  private final LogStore store;
  private final Retention retention;
  private final InstantSource clock;
  private final Metrics metrics;
  private final Writing writing;
  private final Pages pages;

  /** A log whose entries stay. */
  public RoomLog(LogStore store, InstantSource clock, RandomGenerator random, Pause pause) {
    this(store, Retention.forever(), clock, random, pause);
  }

  /** A log that nobody measures. */
  public RoomLog(
      LogStore store,
      Retention retention,
      InstantSource clock,
      RandomGenerator random,
      Pause pause) {
    this(store, retention, clock, random, pause, Metrics.none());
  }

  /**
   * A log on a storage.
   *
   * @param store where it is kept
   * @param retention how long what is appended can be read; reading asks the room's counter
   * @param clock the {@code at} of what is written, and the age of holes
   * @param random nonces and jitter
   * @param pause waits between tries
   * @param metrics are told how long appends take, and of repeats and voids
   */
  public RoomLog(
      LogStore store,
      Retention retention,
      InstantSource clock,
      RandomGenerator random,
      Pause pause,
      Metrics metrics) {
    this.store = store;
    this.retention = retention;
    this.clock = clock;
    this.metrics = metrics;
    this.writing = new Writing(store, random, pause, metrics);
    this.pages = new Pages(store, writing);
  }

  /**
   * Appends drafts at rising positions, in their order.
   *
   * @param room where; a room need not exist before
   * @param author who
   * @param drafts 1–{@value #DRAFTS_MAX} of them, already validated
   * @return a receipt for each, in the same order; when this returns, all are stored
   * @throws io.roomlog.core.StorageUnavailable if storage failed: each draft is stored or not, and
   *     those with an id may be appended again without storing any twice
   * @throws AppendFailed if it gave up
   * @throws SenderBanned if the author is banned from the room; nothing was stored
   * @throws InterruptedException if it was interrupted between two tries, with the same consequence
   */
  public List<Receipt> append(RoomName room, Author author, List<Draft> drafts)
      throws InterruptedException {
    if (drafts.isEmpty() || drafts.size() > DRAFTS_MAX) {
      throw new IllegalArgumentException("1-" + DRAFTS_MAX + " drafts, not " + drafts.size());
    }
    Instant begin = clock.instant();
    List<Receipt> receipts =
        new Append(store, writing, this::now, retention, room, author, drafts).run();
    measure(Duration.between(begin, clock.instant()), receipts);
    return receipts;
  }

  private void measure(Duration took, List<Receipt> receipts) {
    metrics.time(Metric.APPEND_LATENCY, took);
    for (Receipt receipt : receipts) {
      switch (receipt) {
        case Receipt.Appended _ -> metrics.count(Metric.MESSAGES_APPENDED);
        case Receipt.Repeated _ -> metrics.count(Metric.REPEATS_ANSWERED);
      }
    }
  }

  /** The room's counter: a consistent read of the head. */
  public Counter head(RoomName room) {
    return store.counter(room);
  }

  /**
   * Reads on from a position, and closes holes that are old enough.
   *
   * @param room where
   * @param after the last position that the caller has; 0 for the beginning
   * @param limit entries at most, 1–{@value #PAGE_ENTRIES_MAX}; the storage may cut a page sooner
   * @return a page that begins at {@code after + 1}, or at the first position that can be read. It
   *     ends before the first position that is handed out, empty and not yet old enough to be
   *     closed
   */
  public Page after(RoomName room, long after, int limit) {
    check(after, limit);
    return pages.after(room, Math.min(after, POSITION_MAX), limit, now());
  }

  /**
   * Reads back from a position, and closes holes that are old enough.
   *
   * @param room where
   * @param before the lowest position that the caller has; one beyond the head counts as {@code
   *     head + 1}
   * @param limit entries at most, 1–{@value #PAGE_ENTRIES_MAX}; the storage may cut a page sooner
   * @return a page that is cut at its old end. It ends at {@code before - 1}, or before the lowest
   *     position among its last {@code limit} that is handed out, empty and not yet old enough to
   *     be closed
   */
  public Page before(RoomName room, long before, int limit) {
    check(before, limit);
    return pages.before(room, before, limit, now());
  }

  /** An empty page, which tells the two ends of the log: its head and its first position. */
  public Page ends(RoomName room) {
    // Before the first entry there is nothing, so no entry is read.
    return before(room, 1, 1);
  }

  /** Reads back from the head, as {@link #before}. */
  public Page latest(RoomName room, int limit) {
    return before(room, Long.MAX_VALUE, limit);
  }

  private static void check(long position, int limit) {
    if (position < 0 || limit < 1 || limit > PAGE_ENTRIES_MAX) {
      throw new IllegalArgumentException("position " + position + ", limit " + limit);
    }
  }

  /**
   * Closes a position with a void, unless something stands there.
   *
   * @return what stands there now, for good
   */
  public Entry fill(RoomName room, long position) {
    Retention kept = store.counter(room).expiry().of(position);
    return writing.voidAt(room, new Entry.Voided(position, now()), kept);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
