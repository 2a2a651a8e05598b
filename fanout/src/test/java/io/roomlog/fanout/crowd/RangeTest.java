package io.roomlog.fanout.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomlog.core.RoomName;
import io.roomlog.core.push.Pushed;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTest {

  private static final RoomName ROOM = new RoomName("lobby");

  @Test
  void aRangeHasAtMostAThousandPositions() {
    new Range(ROOM, 1, Range.POSITIONS_MAX, Set.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Range(ROOM, 1, Range.POSITIONS_MAX + 1, Set.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Range(ROOM, 0, 1, Set.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Range(ROOM, 2, 1, Set.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Range(ROOM, 2, 4, Set.of(5L)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Range(ROOM, 2, 4, Set.of(1L)));
  }

  @Test
  void allPositionsAreCutIntoRangesInOrder() {
    assertThat(Range.all(ROOM, 5, 1_004))
        .containsExactly(new Range(ROOM, 5, 1_004, Set.of(), true));
    assertThat(Range.all(ROOM, 5, 1_005))
        .containsExactly(
            new Range(ROOM, 5, 1_004, Set.of(), true),
            new Range(ROOM, 1_005, 1_005, Set.of(), true));
  }

  @Test
  void whatABatchLacksIsLeftOutForPlainConnections() {
    assertThat(Range.covering(ROOM, new TreeSet<>(List.of(3L, 4L, 7L))))
        .containsExactly(new Range(ROOM, 3, 7, Set.of(5L, 6L)));
  }

  @Test
  void positionsTooFarApartAreInRangesOfTheirOwn() {
    assertThat(Range.covering(ROOM, new TreeSet<>(List.of(1L, 1_000L))))
        .singleElement()
        .satisfies(range -> assertThat(range.without()).hasSize(998));
    assertThat(Range.covering(ROOM, new TreeSet<>(List.of(1L, 1_001L))))
        .containsExactly(new Range(ROOM, 1, 1, Set.of()), new Range(ROOM, 1_001, 1_001, Set.of()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rangesMergedGiveBackExactlyThePositionsTheyWereMadeOf(long seed) {
    Random random = new Random(seed);
    NavigableSet<Long> positions = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      positions.add(1 + random.nextLong(random.nextBoolean() ? 300 : 5_000));
    }
    List<Range> ranges = Range.covering(ROOM, positions);
    Merged merged = new Merged(ranges, Pushed.NOTHING);
    TreeSet<Long> plain = new TreeSet<>();
    for (Merged.Run run : merged.runs()) {
      for (long position = run.from(); position <= run.to(); position++) {
        if (merged.isForPlain(position)) {
          plain.add(position);
        }
      }
    }
    assertThat(plain).as("seed %d", seed).isEqualTo(positions);
  }

  @Test
  void overlappingRangesAreOneRunAndWhatOneLacksTheOtherBrings() {
    Merged merged =
        new Merged(
            List.of(
                new Range(ROOM, 5, 9, Set.of(7L, 8L)),
                new Range(ROOM, 7, 7, Set.of()),
                new Range(ROOM, 10, 12, Set.of()),
                new Range(ROOM, 20, 20, Set.of())),
            Pushed.NOTHING);
    assertThat(merged.runs()).containsExactly(new Merged.Run(5, 12), new Merged.Run(20, 20));
    assertThat(merged.isForPlain(7)).isTrue();
    assertThat(merged.isForPlain(8)).isFalse();
    assertThat(merged.isForPlain(13)).isFalse();
  }

  @Test
  void whatWasPushedIsLeftOutUnlessItIsWantedAgain() {
    Pushed pushed = new Pushed(List.of(new Pushed.Run(5, 7), new Pushed.Run(9, 30)));
    Range waiting = new Range(ROOM, 5, 9, Set.of());
    assertThat(new Merged(List.of(waiting), pushed).runs()).containsExactly(new Merged.Run(8, 8));
    assertThat(new Merged(List.of(new Range(ROOM, 10, 12, Set.of())), pushed).isEmpty()).isTrue();
    Merged again = new Merged(List.of(waiting, new Range(ROOM, 5, 6, Set.of(), true)), pushed);
    assertThat(again.runs()).containsExactly(new Merged.Run(5, 6), new Merged.Run(8, 8));
    assertThat(again.isForAll(5)).isFalse();
    assertThat(again.isForAll(8)).isTrue();
    assertThat(again.next()).isEmpty();
    assertThat(new Merged(List.of(waiting), pushed).next()).hasValue(31);
  }
}
