package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.stream.StreamSource.Opened;
import io.roomlog.local.stream.StreamSource.Position;
import io.roomlog.local.stream.StreamSource.Read;
import io.roomlog.local.stream.StreamSource.ShardGone;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every stream does that a mapping reads: each adapter's test brings one with one shard. */
abstract class StreamSourceContract {
  /** Long enough for a stream that shows its records with a delay. */
  private static final int READS_MAX = 10_000;

  abstract StreamSource source();

  abstract String streamArn();

  /** Writes one more item. */
  abstract void write(String item);

  @Test
  void theOpenShardIsListedWithoutAParent() throws Exception {
    write("a");
    assertThat(source().shards(streamArn()))
        .singleElement()
        .satisfies(
            shard -> {
              assertThat(shard.open()).isTrue();
              assertThat(shard.parentId()).isNull();
            });
  }

  @Test
  void trimHorizonBeginsWithTheFirstRecord() throws Exception {
    write("a");
    write("b");
    assertThat(items(read(new Position.TrimHorizon(), 2))).containsExactly("a", "b");
  }

  @Test
  void latestBeginsAfterTheLastRecord() throws Exception {
    write("a");
    var iterator = open(new Position.Latest());
    write("b");
    assertThat(items(readFrom(iterator, 1))).containsExactly("b");
  }

  @Test
  void aSequenceNumberBeginsWithItsRecordOrAfterIt() throws Exception {
    write("a");
    write("b");
    write("c");
    var second = read(new Position.TrimHorizon(), 3).get(1).sequenceNumber();
    assertThat(items(read(new Position.At(second), 2))).containsExactly("b", "c");
    assertThat(items(read(new Position.After(second), 1))).containsExactly("c");
  }

  @Test
  void afterTheLastRecordComesTheNext() throws Exception {
    write("a");
    var last = read(new Position.TrimHorizon(), 1).getFirst().sequenceNumber();
    var iterator = open(new Position.After(last));
    write("b");
    assertThat(items(readFrom(iterator, 1))).containsExactly("b");
  }

  @Test
  void sequenceNumbersRise() throws Exception {
    for (int number = 0; number < 12; number++) {
      write("item-" + number);
    }
    var records = read(new Position.TrimHorizon(), 12);
    assertThat(records).extracting(StreamRecord::sequenceNumber).isSorted();
    assertThat(records).extracting(StreamRecord::sequenceNumber).doesNotHaveDuplicates();
  }

  @Test
  void aReadBringsNoMoreThanItsLimitAndTheNextGoesOn() throws Exception {
    write("a");
    write("b");
    write("c");
    var first = page(open(new Position.TrimHorizon()), 2);
    assertThat(items(first.records())).containsExactly("a", "b");
    assertThat(items(page(first.next(), 2).records())).containsExactly("c");
  }

  @Test
  void anOpenShardWithoutNewRecordsBringsNothingAndGoesOn() throws Exception {
    var empty = page(open(new Position.Latest()), 10);
    assertThat(empty.records()).isEmpty();
    assertThat(empty.next()).isNotNull();
  }

  @Test
  void anUnknownShardIsGone() throws Exception {
    assertThat(
            source()
                .open(
                    streamArn(),
                    "shardId-00000000000000000000-00000000",
                    new Position.TrimHorizon()))
        .isEqualTo(new ShardGone());
  }

  private String open(Position position) throws InterruptedException {
    var shard = source().shards(streamArn()).getFirst().id();
    return ((Opened.Iterator) source().open(streamArn(), shard, position)).token();
  }

  private Read.Page page(@Nullable String iterator, int limit) throws InterruptedException {
    return (Read.Page) source().read(streamArn(), Objects.requireNonNull(iterator), limit);
  }

  private List<StreamRecord> read(Position position, int count) throws InterruptedException {
    return readFrom(open(position), count);
  }

  private List<StreamRecord> readFrom(String iterator, int count) throws InterruptedException {
    var records = new ArrayList<StreamRecord>();
    @Nullable String next = iterator;
    for (int read = 0; read < READS_MAX && records.size() < count; read++) {
      var page = page(next, StreamSource.READ_RECORDS_MAX);
      records.addAll(page.records());
      next = page.next();
    }
    return records;
  }

  private static List<String> items(List<StreamRecord> records) {
    return records.stream()
        .map(record -> record.itemKey().replaceAll("\\{\"item\":\\{\"S\":\"(.*)\"}}", "$1"))
        .toList();
  }
}
