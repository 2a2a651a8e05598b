package io.roomlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalParametersTest {

  @Test
  void everybodyMayConnectUnlessToldOtherwise() {
    assertThat(LocalParameters.beside(Map.of("RetentionDays", "7")))
        .containsExactly(Map.entry("AnonymousAccess", "true"));
  }

  @Test
  void whatIsSaidAboutItCounts() {
    assertThat(LocalParameters.beside(Map.of("AnonymousAccess", "false"))).isEmpty();
    assertThat(LocalParameters.beside(Map.of("TokenIssuer", "http://localhost:3002"))).isEmpty();
  }
}
