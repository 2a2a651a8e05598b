package io.roomlog.core.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushedTest {

  @Test
  void whatIsPushedLaterFillsTheGapThatItLeft() {
    Pushed pushed = Pushed.NOTHING.with(41).with(43);
    assertThat(pushed.text()).isEqualTo("41-41,43-43");
    assertThat(pushed.contains(42)).isFalse();
    assertThat(pushed.last()).hasValue(43);
    assertThat(pushed.with(42).text()).isEqualTo("41-43");
  }

  @Test
  void theOldestRunsAreForgotten() {
    Pushed pushed = Pushed.NOTHING;
    for (long position = 1; position <= 2 * (Pushed.RUNS_MAX + 1); position += 2) {
      pushed = pushed.with(position);
    }
    assertThat(pushed.runs()).hasSize(Pushed.RUNS_MAX);
    assertThat(pushed.contains(1)).isFalse();
    assertThat(pushed.contains(3)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "5", "5-4", "0-3", "1-2,", "-1-2", "1-9999999999999999999"})
  void whatCannotBeReadIsNothing(String text) {
    assertThat(Pushed.of(text)).isEqualTo(Pushed.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itHoldsNothingThatWasNotAdded(long seed) {
    Random random = new Random(seed);
    TreeSet<Long> added = new TreeSet<>();
    Pushed pushed = Pushed.NOTHING;
    for (int i = 0; i < 60; i++) {
      long from = 1L + random.nextInt(80);
      long to = from + random.nextInt(4);
      for (long position = from; position <= to; position++) {
        added.add(position);
      }
      pushed = pushed.and(new Pushed(List.of(new Pushed.Run(from, to))));
      assertThat(Pushed.of(pushed.text())).isEqualTo(pushed);
      for (long position = 1; position <= 90; position++) {
        if (pushed.contains(position)) {
          assertThat(added).as("seed %d", seed).contains(position);
        } else if (position >= pushed.runs().getFirst().from()) {
          assertThat(added).as("seed %d", seed).doesNotContain(position);
        }
      }
    }
  }
}
