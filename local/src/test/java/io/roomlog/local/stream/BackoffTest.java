package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3));

  @ParameterizedTest
  @CsvSource({"1,500", "2,1000", "3,2000", "4,3000", "5,3000", "100,3000", "2147483647,3000"})
  void waitsDoubleUpToTheLongest(int retry, long millis) {
    assertThat(backoff.before(retry)).isEqualTo(Duration.ofMillis(millis));
  }
}
