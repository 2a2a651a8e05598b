package io.roomlog.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void saysTheMiddleAndBothEnds() {
    assertThat(Spread.of(List.of(30.0, 10.0, 20.0))).hasToString("20.0 (10.0–30.0)");
  }

  @Test
  void theMiddleOfAnEvenNumberIsTheMeanOfTwo() {
    assertThat(Spread.of(List.of(1.0, 2.0, 4.0, 9.0)).median()).isEqualTo(3.0);
  }

  @Test
  void oneFigureHasNoEnds() {
    assertThat(Spread.of(List.of(1_234.5))).hasToString("1,235");
  }

  @Test
  void ofNothingThereIsNone() {
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
