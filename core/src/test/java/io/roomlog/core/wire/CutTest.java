package io.roomlog.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutTest {

  private static final Instant AT = Instant.ofEpochMilli(1_790_000_000_100L);

  @Test
  void aFrameHoldsEntriesAsTheProtocolWritesThem() {
    List<Entry> entries =
        List.of(
            new Entry.Message(41, AT, "nonce", "m1", "ann", "Ann \"A\"", "\"hello\""),
            new Entry.Voided(42, AT),
            new Entry.Message(43, AT, "nonce", null, "bob", "Bob", "{\"any\":\"json\"}"));
    assertThat(PushFrame.of(new RoomName("lobby"), Cut.first(entries)))
        .isEqualTo(
            "{\"type\":\"messages\",\"room\":\"lobby\",\"from\":41,\"to\":43,\"messages\":["
                + "{\"position\":41,\"id\":\"m1\",\"sender\":\"ann\",\"name\":\"Ann \\\"A\\\"\","
                + "\"at\":1790000000100,\"data\":\"hello\"},"
                + "{\"position\":42,\"type\":\"void\"},"
                + "{\"position\":43,\"sender\":\"bob\",\"name\":\"Bob\",\"at\":1790000000100,"
                + "\"data\":{\"any\":\"json\"}}]}");
  }

  @Test
  void entriesThatFitExactlyAreOneCutAndOneByteMoreMakesTwo() {
    int room = Cut.ENTRIES_BYTES_MAX - 2 * (Json.bytes(EntryJson.of(message(1, 0))) + 1);
    int half = room / 2;
    assertThat(Cut.all(List.of(message(1, half), message(2, room - half)))).hasSize(1);
    assertThat(Cut.all(List.of(message(1, half), message(2, room - half + 1)))).hasSize(2);
  }

  @Test
  void theLargestEntryFitsIntoAFrame() {
    String name = "\"".repeat(128);
    Entry.Message largest =
        new Entry.Message(
            Long.MAX_VALUE, AT, "n", "i".repeat(64), name, name, "\"" + "x".repeat(24_574) + "\"");
    assertThat(EntryJson.of(largest).length()).isLessThan(Cut.ENTRIES_BYTES_MAX);
    RoomName room = new RoomName("r".repeat(128));
    assertThat(PushFrame.of(room, Cut.first(List.of(largest))).length())
        .isLessThanOrEqualTo(Cut.FRAME_BYTES_MAX);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyCutIsAFrameAndNothingIsLost(long seed) {
    Random random = new Random(seed);
    List<Entry> entries =
        IntStream.rangeClosed(1, 100)
            .<Entry>mapToObj(i -> message(i, random.nextInt(random.nextInt(1, 20_000))))
            .toList();
    List<Cut> cuts = Cut.all(entries);
    assertThat(cuts.stream().flatMap(cut -> cut.entries().stream())).isEqualTo(entries);
    assertThat(cuts)
        .allSatisfy(
            cut ->
                assertThat(Json.bytes(PushFrame.of(new RoomName("r".repeat(128)), cut)))
                    .isLessThanOrEqualTo(Cut.FRAME_BYTES_MAX));
  }

  @Test
  void theLastEntriesStayInTheOrderOfTheLog() {
    List<Entry> entries =
        LongStream.rangeClosed(1, 10).<Entry>mapToObj(i -> message(i, 5_000)).toList();
    Cut cut = Cut.last(entries);
    assertThat(cut.entries()).isEqualTo(entries.subList(5, 10));
    assertThat(cut.messages()).isEqualTo(Cut.first(entries.subList(5, 10)).messages());
  }

  @Test
  void nothingMakesNoCutAndAnEmptyPage() {
    assertThat(Cut.all(List.of())).isEmpty();
    assertThat(Cut.first(List.of()).messages()).isEqualTo("[]");
    assertThat(Cut.last(List.of()).messages()).isEqualTo("[]");
  }

  /** A message of so many characters of data, two of them quotes. */
  private static Entry.Message message(long position, int letters) {
    return new Entry.Message(
        position, AT, "n", null, "ann", "Ann", "\"" + "x".repeat(letters) + "\"");
  }
}
