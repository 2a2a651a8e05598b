package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.stream.FaultyStream.Struck;
import io.roomlog.local.stream.StreamSource.Opened;
import io.roomlog.local.stream.StreamSource.Position;
import io.roomlog.local.stream.StreamSource.Read;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultyStreamTest {
  private final ManualClock clock = new ManualClock(Records.CREATED);
  private final ScriptedStream stream = new ScriptedStream().shard("a", null);
  private final FaultyStream faulty = new FaultyStream(stream, new Random(1), clock);

  @Test
  void withoutFaultsItIsTheOtherStream() throws Exception {
    stream.append("a", records(4));
    assertThat(numbers(page(open()))).containsExactly(1L, 2L, 3L, 4L);
    assertThat(faulty.struck()).isEqualTo(new Struck(0, 0, 0));
  }

  @Test
  void aRepeatBringsTheSameRecordsAgain() throws Exception {
    stream.append("a", records(2));
    faulty.faults(List.of(new StreamFault.Repeat(1)));
    var first = page(open());
    faulty.faults(List.of());
    var second = page(first.next());
    assertThat(numbers(first)).isEqualTo(numbers(second)).containsExactly(1L, 2L);
    assertThat(numbers(page(second.next()))).isEmpty();
    assertThat(faulty.struck()).isEqualTo(new Struck(1, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aReorderKeepsEveryRecordAndEachItemsOrder(long seed) throws Exception {
    stream.append("a", records(30));
    var reordering = new FaultyStream(stream, new Random(seed), clock);
    reordering.faults(List.of(new StreamFault.Reorder(1)));
    var page = (Read.Page) reordering.read(Records.STREAM, open(), 100);
    assertThat(numbers(page)).hasSize(30).doesNotHaveDuplicates();
    assertThat(numbers(page)).isNotEqualTo(numbers(page).stream().sorted().toList());
    for (int item = 0; item < 3; item++) {
      int one = item;
      assertThat(numbers(page).stream().filter(number -> number % 3 == one))
          .isSortedAccordingTo(Comparator.naturalOrder());
    }
    assertThat(reordering.struck()).isEqualTo(new Struck(0, 1, 0));
  }

  @Test
  void recordsOfOneItemCannotBeReordered() throws Exception {
    stream.append("a", Records.record(1, "item"), Records.record(2, "item"));
    faulty.faults(List.of(new StreamFault.Reorder(1)));
    assertThat(numbers(page(open()))).containsExactly(1L, 2L);
    assertThat(faulty.struck()).isEqualTo(new Struck(0, 0, 0));
  }

  @Test
  void aStallHidesRecordsForItsDuration() throws Exception {
    stream.append("a", records(1));
    faulty.faults(List.of(new StreamFault.Stall(1, Duration.ofSeconds(5))));
    var stalled = page(open());
    assertThat(stalled.records()).isEmpty();
    faulty.faults(List.of(new StreamFault.Stall(1, Duration.ofSeconds(5))));
    stalled = page(stalled.next());
    faulty.faults(List.of(new StreamFault.Stall(0, Duration.ofSeconds(5))));
    assertThat(numbers(page(stalled.next()))).containsExactly(1L);
    assertThat(faulty.struck()).isEqualTo(new Struck(0, 0, 2));
  }

  @Test
  void aStallEndsByItself() throws Exception {
    stream.append("a", records(1));
    var once = new FaultyStream(stream, new Scripted(0.0, 0.9, 0.9), clock);
    once.faults(List.of(new StreamFault.Stall(0.5, Duration.ofSeconds(5))));
    assertThat(numbers((Read.Page) once.read(Records.STREAM, open(), 1))).isEmpty();
    clock.pass(Duration.ofMillis(4_999));
    assertThat(numbers((Read.Page) once.read(Records.STREAM, open(), 1))).isEmpty();
    clock.pass(Duration.ofMillis(1));
    assertThat(numbers((Read.Page) once.read(Records.STREAM, open(), 1))).containsExactly(1L);
  }

  @Test
  void oneSeedGivesOneResult() throws Exception {
    stream.append("a", records(50));
    assertThat(twentyReads(7)).isEqualTo(twentyReads(7)).isNotEqualTo(twentyReads(8));
  }

  private List<List<Long>> twentyReads(long seed) throws InterruptedException {
    var seeded = new FaultyStream(stream, new Random(seed), clock);
    seeded.faults(List.of(new StreamFault.Repeat(0.3), new StreamFault.Reorder(0.3)));
    var reads = new ArrayList<List<Long>>();
    var iterator = open();
    for (int read = 0; read < 20 && iterator != null; read++) {
      var page = (Read.Page) seeded.read(Records.STREAM, iterator, 10);
      reads.add(numbers(page));
      iterator = page.next();
    }
    return reads;
  }

  /** Random numbers that a test chose. */
  private static final class Scripted extends Random {
    private static final long serialVersionUID = 1L;
    private final double[] numbers;
    private int next;

    Scripted(double... numbers) {
      this.numbers = numbers.clone();
    }

    @Override
    public double nextDouble() {
      return numbers[next++];
    }
  }

  private String open() {
    var opened = stream.open(Records.STREAM, "a", new Position.TrimHorizon());
    return ((Opened.Iterator) opened).token();
  }

  private Read.Page page(@Nullable String iterator) throws InterruptedException {
    return (Read.Page) faulty.read(Records.STREAM, Objects.requireNonNull(iterator), 100);
  }

  private static List<Long> numbers(Read.Page page) {
    return page.records().stream()
        .map(record -> Long.parseLong(record.sequenceNumber().digits()))
        .toList();
  }

  private static StreamRecord[] records(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> Records.record(number, "item-" + number % 3))
        .toArray(StreamRecord[]::new);
  }
}
