package io.roomlog.handlers.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomlog.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SendRateTest {

  private final ManualClock clock = new ManualClock();
  private final SendRate rate = new SendRate(20, 40, clock);

  private static boolean isAdmitted(SendRate.Verdict verdict) {
    return verdict instanceof SendRate.Verdict.Admitted;
  }

  private int admitted(SendRate of, String connection, int frames, int messages) {
    int admitted = 0;
    for (int i = 0; i < frames; i++) {
      admitted += isAdmitted(of.take(connection, messages)) ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void aBurstIsAdmittedAndThenTheRate() {
    assertThat(admitted(rate, "c1", 100, 1)).isEqualTo(40);
    clock.pass(Duration.ofMillis(500));
    assertThat(admitted(rate, "c1", 100, 1)).isEqualTo(10);
    clock.pass(Duration.ofMillis(49));
    assertThat(admitted(rate, "c1", 1, 1)).isZero();
    clock.pass(Duration.ofMillis(1));
    assertThat(admitted(rate, "c1", 100, 1)).isEqualTo(1);
    clock.pass(Duration.ofHours(1));
    assertThat(admitted(rate, "c1", 100, 1)).isEqualTo(40);
  }

  @Test
  void aFrameCountsItsMessagesAndIsTakenWholeOrNotAtAll() {
    assertThat(admitted(rate, "c1", 2, 25)).isEqualTo(1);
    assertThat(admitted(rate, "c1", 100, 1)).as("what was refused is not counted").isEqualTo(15);
  }

  @Test
  void oneConnectionTakesNothingFromAnother() {
    admitted(rate, "c1", 1_000, 1);
    assertThat(admitted(rate, "c2", 100, 1)).isEqualTo(40);
  }

  @Test
  void refusalsInARowAreCountedUntilOneIsAdmitted() {
    admitted(rate, "c1", 40, 1);
    assertThat(rate.take("c1", 1)).isEqualTo(new SendRate.Verdict.Limited(1));
    assertThat(rate.take("c1", 1)).isEqualTo(new SendRate.Verdict.Limited(2));
    clock.pass(Duration.ofMillis(50));
    assertThat(isAdmitted(rate.take("c1", 1))).isTrue();
    assertThat(rate.take("c1", 1)).isEqualTo(new SendRate.Verdict.Limited(1));
  }

  @Test
  void aClockThatGoesBackGivesNothing() {
    AtomicReference<Instant> now = new AtomicReference<>(clock.instant());
    SendRate skewed = new SendRate(20, 40, now::get);
    admitted(skewed, "c1", 40, 1);
    now.set(clock.instant().minusSeconds(60));
    assertThat(admitted(skewed, "c1", 10, 1)).isZero();
    now.set(clock.instant().plusSeconds(1));
    assertThat(admitted(skewed, "c1", 100, 1)).isEqualTo(20);
  }

  @Test
  void howeverManyConnectionsThereAreItsMemoryIsBounded() {
    SendRate small = new SendRate(20, 40, 100, clock);
    for (int i = 0; i < 10_000; i++) {
      small.take("c" + i, 1);
    }
    assertThat(small.size()).isEqualTo(100);
  }

  @Test
  void aConnectionThatGoesOnIsNotForgottenForThoseThatComeAndGo() {
    SendRate small = new SendRate(20, 40, 100, clock);
    admitted(small, "flooder", 40, 1);
    for (int i = 0; i < 10_000; i++) {
      small.take("c" + i, 1);
      assertThat(isAdmitted(small.take("flooder", 1))).isFalse();
    }
  }

  @Test
  void aBurstBelowAFullFrameIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SendRate(1, 24, clock));
    assertThatIllegalArgumentException().isThrownBy(() -> new SendRate(0, 25, clock));
    assertThat(isAdmitted(new SendRate(1, 25, clock).take("c1", 25))).isTrue();
  }
}
