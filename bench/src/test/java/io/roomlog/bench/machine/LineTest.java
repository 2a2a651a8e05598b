package io.roomlog.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LineTest {

  @Test
  void goesThroughPointsOnALine() {
    Line line = Line.through(Map.of(1, 5.0, 10, 23.0, 100, 203.0));
    assertThat(line.slope()).isEqualTo(2, within(1e-9));
    assertThat(line.intercept()).isEqualTo(3, within(1e-9));
  }

  @Test
  void goesBetweenPointsThatAreOnNone() {
    assertThat(Line.through(Map.of(0, 0.0, 1, 2.0, 2, 1.0)).slope()).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void needsTwoPoints() {
    assertThatThrownBy(() -> Line.through(Map.of(1, 1.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
