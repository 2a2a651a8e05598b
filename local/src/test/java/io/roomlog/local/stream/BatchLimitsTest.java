package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchLimitsTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final BatchLimits AT_ONCE = new BatchLimits(3, Duration.ZERO);
  private static final BatchLimits GATHERING = new BatchLimits(3, WINDOW);
  private static final Instant NOW = Records.CREATED;

  @Test
  void withoutRecordsThereIsNoBatch() {
    assertThat(AT_ONCE.ready(List.of(), NOW, false)).isZero();
    assertThat(GATHERING.ready(List.of(), NOW.plus(WINDOW), true)).isZero();
  }

  @Test
  void withoutAWindowWhatThereIsGoesAtOnce() {
    assertThat(AT_ONCE.ready(Records.arrivals(1, 1), NOW, false)).isEqualTo(1);
    assertThat(AT_ONCE.ready(Records.arrivals(1, 3), NOW, false)).isEqualTo(3);
  }

  @Test
  void aBatchHasNoMoreRecordsThanItsSize() {
    assertThat(AT_ONCE.ready(Records.arrivals(1, 4), NOW, false)).isEqualTo(3);
  }

  @Test
  void aWindowHoldsRecordsBackUntilTheBatchIsFull() {
    assertThat(GATHERING.ready(Records.arrivals(1, 2), NOW, false)).isZero();
    assertThat(GATHERING.ready(Records.arrivals(1, 3), NOW, false)).isEqualTo(3);
  }

  @Test
  void aWindowRunsFromTheFirstRecordSeen() {
    var gathered =
        List.of(Records.arrival(1, NOW), Records.arrival(2, NOW.plus(WINDOW).minusMillis(1)));
    assertThat(GATHERING.ready(gathered, NOW.plus(WINDOW).minusMillis(1), false)).isZero();
    assertThat(GATHERING.ready(gathered, NOW.plus(WINDOW), false)).isEqualTo(2);
  }

  @Test
  void theEndOfAShardIsNotWaitedOut() {
    assertThat(GATHERING.ready(Records.arrivals(1, 1), NOW, true)).isEqualTo(1);
  }

  @Test
  void aBatchAsLargeAsAnInvocationTakesGoesAlthoughTheWindowIsOpen() {
    var limits = new BatchLimits(10_000, WINDOW);
    var exact = sized(BatchLimits.EVENT_BYTES_MAX, 4);
    assertThat(Batch.fresh(exact).event()).hasSize(BatchLimits.EVENT_BYTES_MAX);
    assertThat(limits.ready(exact, NOW, false)).isZero();

    var over = new ArrayList<>(exact);
    over.add(Records.arrival(5));
    assertThat(limits.ready(over, NOW, false)).isEqualTo(4);
    var oneByteOver = sized(BatchLimits.EVENT_BYTES_MAX + 1, 4);
    assertThat(limits.ready(oneByteOver, NOW, false)).isEqualTo(3);
  }

  /** Records whose event has so many bytes. */
  private static List<Arrival> sized(int eventBytes, int records) {
    int bare = Batch.fresh(Records.arrivals(1, records)).event().length();
    int padding = eventBytes - bare;
    return IntStream.rangeClosed(1, records)
        .mapToObj(
            number -> {
              int extra = padding / records + (number <= padding % records ? 1 : 0);
              var record = Records.record(number, "item-" + number, "x".repeat(extra), NOW);
              // The item's size is written as a decimal number too, which must not add digits.
              var json = record.json().replaceFirst("\"SizeBytes\":\\d+", "\"SizeBytes\":6");
              return Arrival.of(
                  new StreamRecord(record.sequenceNumber(), NOW, record.itemKey(), json),
                  NOW,
                  Duration.ZERO);
            })
        .toList();
  }
}
