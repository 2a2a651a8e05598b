package io.roomlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that can be read of the room when its writers are done, the same both ways. */
final class Contents {

  private static final int LIMIT = 7;
  private static final int READS_MAX = 2_000;

  private final long first;
  private final Map<Long, Entry> entries;

  private Contents(long first, Map<Long, Entry> entries) {
    this.first = first;
    this.entries = entries;
  }

  static Contents read(RoomLog log, ManualClock clock, PageChecks checks) {
    clock.pass(Duration.ofMinutes(5).plusSeconds(6));
    List<Entry> forward = new ArrayList<>();
    long first = 0;
    Page page = null;
    for (int reads = 0; page == null || page.more(); reads++) {
      assertThat(reads).as("reads").isLessThan(READS_MAX);
      page = checks.after(log, page == null ? 0 : page.to(), LIMIT, clock.instant());
      forward.addAll(page.entries());
      first = first == 0 ? page.first() : first;
      assertThat(page.pending()).as("pending, %s", page).isFalse();
      assertThat(page.first()).isEqualTo(first);
    }
    List<Entry> backward = new ArrayList<>();
    Page older = null;
    while (older == null || older.more()) {
      long before = older == null ? Long.MAX_VALUE : older.from();
      older = checks.before(log, before, LIMIT, clock.instant());
      backward.addAll(0, older.entries());
      assertThat(older.pending()).isFalse();
      assertThat(backward.size()).isLessThanOrEqualTo(forward.size());
    }
    assertThat(backward).isEqualTo(forward);
    assertThat(forward).hasSize((int) (page.head() - first + 1));
    Map<Long, Entry> entries = new TreeMap<>();
    forward.forEach(entry -> entries.put(entry.position(), entry));
    return new Contents(first, entries);
  }

  long first() {
    return first;
  }

  @Nullable String data(long position) {
    return entries.get(position) instanceof Entry.Message message ? message.data() : null;
  }

  void assertNoDataTwice() {
    assertThat(messages().stream().map(Entry.Message::data)).doesNotHaveDuplicates();
  }

  void assertIdsOnce(Map<String, Long> positions) {
    assertThat(messages().stream().map(Entry.Message::id).filter(Objects::nonNull))
        .doesNotHaveDuplicates();
    positions.forEach(
        (id, position) ->
            assertThat(entries.get(position))
                .isInstanceOfSatisfying(
                    Entry.Message.class, message -> assertThat(message.id()).isEqualTo(id)));
  }

  private List<Entry.Message> messages() {
    return entries.values().stream()
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .toList();
  }
}
