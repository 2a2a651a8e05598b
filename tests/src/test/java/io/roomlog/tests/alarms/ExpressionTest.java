package io.roomlog.tests.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionTest {

  private static final Map<String, Double> VALUES = Map.of("m0", 6.0, "m1", 2.0);

  private static double value(String text) {
    return Expression.value(text, VALUES);
  }

  @Test
  void sumsAndGreatestValuesAreTaken() {
    assertThat(value("SUM(METRICS())")).isEqualTo(8);
    assertThat(value("MAX([FILL(m0,0),FILL(m1,0)])")).isEqualTo(6);
    assertThat(value("MAX([m9, m1])")).isEqualTo(2);
  }

  @Test
  void productsComeBeforeSums() {
    assertThat(value("m0 + m1 * 3 - 1")).isEqualTo(11);
    assertThat(value("100 * (FILL(m0,0) + FILL(m7,1)) / (FILL(m1,1) + FILL(m8,5))")).isEqualTo(100);
  }

  @Test
  void whatHasNoValueMakesNone() {
    assertThat(value("m7 + 1")).isNaN();
    assertThat(Expression.value("SUM(METRICS())", Map.of())).isNaN();
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> value("RATE(m0)"));
    assertThatIllegalArgumentException().isThrownBy(() -> value("IF(m0 > 3, 1, 0)"));
  }
}
