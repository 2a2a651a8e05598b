package io.roomlog.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private static final Instant START = Instant.EPOCH;

  private final TokenBucket bucket = new TokenBucket(AccountRate.AWS_DEFAULT, START);

  @Test
  void aFullBucketGivesWhatItHoldsAndNoMore() {
    assertThat(takenAt(START)).isEqualTo(5_000);
  }

  @Test
  void itRefillsAtItsRate() {
    takenAt(START);

    assertThat(takenAt(START.plusMillis(100))).isEqualTo(1_000);
    assertThat(takenAt(START.plusNanos(100_099_999))).isZero();
    assertThat(takenAt(START.plusNanos(100_100_000))).isOne();
  }

  @Test
  void itNeverHoldsMoreThanItsSize() {
    takenAt(START);

    assertThat(takenAt(START.plusSeconds(3600))).isEqualTo(5_000);
  }

  @Test
  void aClockThatGoesBackGivesNothing() {
    takenAt(START.plusSeconds(10));

    assertThat(takenAt(START)).isZero();
    assertThat(takenAt(START.plusSeconds(10).plusMillis(1))).isEqualTo(10);
  }

  @Test
  void aRateOfNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AccountRate(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new AccountRate(1, 0));
  }

  private int takenAt(Instant now) {
    int taken = 0;
    while (bucket.take(now)) {
      taken++;
    }
    return taken;
  }
}
