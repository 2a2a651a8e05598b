package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private final Checkpoint checkpoint = new Checkpoint();

  @Test
  void thereIsNoneBeforeTheFirstRecordIsHandled() {
    checkpoint.read(numbers(1, 2));
    assertThat(checkpoint.position()).isEmpty();
    assertThat(checkpoint.outstanding()).isEqualTo(2);
  }

  @Test
  void itMovesWithWhatIsHandledInOrder() {
    checkpoint.read(numbers(1, 2, 3));
    checkpoint.handled(numbers(1, 2));
    assertThat(checkpoint.position()).hasValue(Records.number(2));
    assertThat(checkpoint.outstanding()).isEqualTo(1);
  }

  @Test
  void itWaitsForTheLowestRecordThatIsNotHandled() {
    checkpoint.read(numbers(1, 2, 3, 4));
    checkpoint.handled(numbers(2, 4));
    assertThat(checkpoint.position()).isEmpty();
    checkpoint.handled(numbers(1));
    assertThat(checkpoint.position()).hasValue(Records.number(2));
    checkpoint.handled(numbers(3));
    assertThat(checkpoint.position()).hasValue(Records.number(4));
  }

  @Test
  void aRecordReadTwiceIsHandledWhenBothReadingsAre() {
    checkpoint.read(numbers(1, 1, 2));
    checkpoint.handled(numbers(1, 2));
    assertThat(checkpoint.position()).isEmpty();
    checkpoint.handled(numbers(1));
    assertThat(checkpoint.position()).hasValue(Records.number(2));
  }

  @Test
  void itNeverGoesBackForARecordThatIsReadAgain() {
    checkpoint.read(numbers(1, 2));
    checkpoint.handled(numbers(1, 2));
    checkpoint.read(numbers(1));
    assertThat(checkpoint.position()).hasValue(Records.number(2));
    checkpoint.handled(numbers(1));
    assertThat(checkpoint.position()).hasValue(Records.number(2));
  }

  @Test
  void handlingWhatWasNotReadIsABug() {
    checkpoint.read(numbers(1));
    checkpoint.handled(numbers(1));
    assertThatThrownBy(() -> checkpoint.handled(numbers(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Records.number(1).digits());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverTheOrderNothingUpToItIsOutstanding(long seed) {
    var random = new Random(seed);
    var outstanding = new TreeSet<Long>();
    var handled = new TreeSet<Long>();
    long read = 0;
    for (int step = 0; step < 500; step++) {
      if (outstanding.isEmpty() || random.nextInt(3) == 0) {
        outstanding.add(++read);
        checkpoint.read(numbers(read));
      } else {
        var any = new ArrayList<>(outstanding).get(random.nextInt(outstanding.size()));
        outstanding.remove(any);
        handled.add(any);
        checkpoint.handled(numbers(any));
      }
      var below = outstanding.isEmpty() ? handled : handled.headSet(outstanding.first());
      assertThat(checkpoint.position())
          .as("seed %d, step %d", seed, step)
          .isEqualTo(
              below.isEmpty() ? Optional.empty() : Optional.of(Records.number(below.last())));
    }
  }

  private static List<SequenceNumber> numbers(long... numbers) {
    return Arrays.stream(numbers).mapToObj(Records::number).toList();
  }
}
