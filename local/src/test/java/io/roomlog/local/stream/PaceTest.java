package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  @Test
  void lambdaPollsFourTimesASecond() {
    assertThat(Pace.LAMBDA.poll().multipliedBy(4)).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.001S", "PT1M"})
  void anotherPaceBetweenTheBoundsIsTaken(Duration poll) {
    assertThat(Pace.LAMBDA.polling(poll).poll()).isEqualTo(poll);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "-PT1S", "PT0.000999999S", "PT1M0.001S"})
  void anotherPaceOutOfTheBoundsIsNamed(Duration poll) {
    assertThatThrownBy(() -> Pace.LAMBDA.polling(poll))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("%s between polls is not PT0.001S to PT1M", poll);
  }
}
