package io.roomlog.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> KNOWN = List.of("Timeout", "Tracing", "Tags", "MemorySize");

  @ParameterizedTest
  @CsvSource({
    "Timeout, Timeout, 0",
    "Timout, Timeout, 1",
    "Tiemout, Timeout, 1",
    "timeout, Timeout, 0",
    "Timeouts, Timeout, 1",
    "'', Tags, 4",
    "Tags, '', 4",
    "kitten, sitting, 3",
  })
  void distanceCountsSlips(String left, String right, int steps) {
    assertThat(NearestName.distance(left, right)).isEqualTo(steps);
  }

  @Test
  void theNearestOfSeveralIsTaken() {
    assertThat(NearestName.of("Timout", KNOWN)).contains("Timeout");
    assertThat(NearestName.of("Tgas", KNOWN)).contains("Tags");
  }

  @Test
  void aBeginningIsEnough() {
    assertThat(NearestName.of("Memory", KNOWN)).contains("MemorySize");
    assertThat(NearestName.of("Mem", KNOWN)).isEmpty();
  }

  @Test
  void whatIsFarFromAllIsNothing() {
    assertThat(NearestName.of("Handler", KNOWN)).isEmpty();
    assertThat(NearestName.of("Timeout", List.of())).isEmpty();
  }
}
