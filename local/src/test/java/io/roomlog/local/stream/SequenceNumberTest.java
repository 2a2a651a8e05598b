package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceNumberTest {
  @Test
  void fortyDigitsAreComparedAsNumbers() {
    var nines = new SequenceNumber("9".repeat(39));
    var next = new SequenceNumber("1" + "0".repeat(39));
    assertThat(nines).isLessThan(next);
  }

  @Test
  void leadingZerosDoNotCountInTheOrder() {
    assertThat(new SequenceNumber("0009")).isLessThan(new SequenceNumber("10"));
    assertThat(new SequenceNumber("0009")).isEqualByComparingTo(new SequenceNumber("9"));
  }

  @Test
  void fortyDigitsAreTheMostThereAre() {
    assertThat(new SequenceNumber("1".repeat(40)).digits()).hasSize(40);
    assertThatThrownBy(() -> new SequenceNumber("1".repeat(41)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 40");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.0", "x", " 1", "١"})
  void whatIsNoDecimalNumberIsRefused(String digits) {
    assertThatThrownBy(() -> new SequenceNumber(digits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(digits);
  }
}
