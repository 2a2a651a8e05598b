package io.roomlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What must hold for every page, whoever writes at the same time. */
final class PageChecks {

  private static final int LIMIT_MAX = 12;

  private final Map<Long, Entry> written;
  private Retention retention = Retention.forever();
  private long firstSoFar;

  /**
   * Checks pages.
   *
   * @param written all that was ever written
   */
  PageChecks(Map<Long, Entry> written) {
    this.written = written;
  }

  /** From now on, what is past this retention must not be shown. */
  void expectExpiry(Retention expected) {
    retention = expected;
  }

  /** Reads a page of some kind. */
  void readOnce(RoomLog log, RandomGenerator choices, Instant now) {
    int limit = choices.nextInt(1, LIMIT_MAX);
    long position = choices.nextLong(written.size() + 4L);
    switch (choices.nextInt(3)) {
      case 0 -> after(log, position, limit, now);
      case 1 -> before(log, position, limit, now);
      default -> before(log, Long.MAX_VALUE, limit, now);
    }
  }

  /** Reads forward. */
  Page after(RoomLog log, long after, int limit, Instant now) {
    long firstBefore = firstSoFar;
    Page page = log.after(LogRun.ROOM, after, limit);
    check(page, limit, firstBefore, now);
    assertThat(page.from()).as("from, %s", page).isEqualTo(Math.max(after + 1, page.first()));
    assertThat(page.more()).as("more, %s", page).isEqualTo(page.to() < page.head());
    return page;
  }

  /** Reads backward. */
  Page before(RoomLog log, long before, int limit, Instant now) {
    long firstBefore = firstSoFar;
    Page page =
        before == Long.MAX_VALUE
            ? log.latest(LogRun.ROOM, limit)
            : log.before(LogRun.ROOM, before, limit);
    check(page, limit, firstBefore, now);
    assertThat(page.from()).as("from, %s", page).isGreaterThanOrEqualTo(page.first());
    assertThat(page.more()).as("more, %s", page).isEqualTo(page.from() > page.first());
    long top = Math.max(page.first() - 1, Math.min(before - 1, page.head()));
    assertThat(page.to() < top).as("pending, %s", page).isEqualTo(page.pending());
    return page;
  }

  private void check(Page page, int limit, long firstBefore, Instant now) {
    assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
    assertThat(page.first()).as("first, %s", page).isGreaterThanOrEqualTo(firstBefore);
    firstSoFar = Math.max(firstSoFar, page.first());
    for (Entry entry : page.entries()) {
      assertThat(entry).isEqualTo(written.get(entry.position()));
      assertThat(retention.expiresAt(entry.at()).filter(expires -> !now.isBefore(expires)))
          .as("has expired at %s, but is shown: %s", now, entry)
          .isEmpty();
    }
  }
}
