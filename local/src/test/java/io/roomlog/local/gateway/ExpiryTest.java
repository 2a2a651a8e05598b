package io.roomlog.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.gateway.Expiry.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {

  private static final Expiry EXPIRY = new Expiry(Duration.ofMinutes(10), Duration.ofHours(2));
  private static final Instant CONNECTED = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest(name = "at {0} s, active at {1} s, closing since {2}: {3}")
  @CsvSource({
    "0,        0,    , KEEP",
    "599.999,  0,    , KEEP",
    "600,      0,    , CLOSE",
    "1199.999, 600,  , KEEP",
    "1200,     600,  , CLOSE",
    "7199.999, 7199, , KEEP",
    "7200,     7199, , CLOSE",
    "600,      0,    600, KEEP",
    "602.999,  0,    600, KEEP",
    "603,      0,    600, ABORT"
  })
  void aConnectionHasItsTime(double now, double active, @Nullable Double closing, Verdict verdict) {
    assertThat(EXPIRY.at(at(now), CONNECTED, at(active), closing == null ? null : at(closing)))
        .isEqualTo(verdict);
  }

  private static Instant at(double seconds) {
    return CONNECTED.plusMillis(Math.round(seconds * 1000));
  }
}
