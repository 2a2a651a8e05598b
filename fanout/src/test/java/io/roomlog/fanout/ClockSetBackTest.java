package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Whoever is paced by a clock must not wait until it has caught up with itself. */
class ClockSetBackTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualClock clock = new ManualClock();
  private final Limiter limiter = new Limiter(Courtesy.polite(10_000), clock, clock::pass);

  private void assertThatPostsGoOn() throws InterruptedException {
    clock.pass(HOUR.negated());
    Instant end = clock.instant().plusSeconds(1);
    for (int i = 0; i < 100; i++) {
      assertThat(limiter.await(end)).isTrue();
    }
  }

  @Test
  void anEvenRateGoesOn() throws Exception {
    assertThat(limiter.await(clock.instant())).isTrue();
    assertThatPostsGoOn();
  }

  @Test
  void aHoldIsOver() throws Exception {
    assertThat(limiter.await(clock.instant())).isTrue();
    for (int i = 0; i < 40; i++) {
      Refusals refusals = new Refusals("connection" + i);
      refusals.refused(clock.instant());
      limiter.refused(refusals, clock.instant(), clock.instant());
    }
    assertThat(limiter.await(clock.instant())).as("held").isFalse();
    assertThatPostsGoOn();
  }

  @Test
  void aLimitThatWasFoundGrowsAgain() {
    Pace pace = new Pace();
    Instant now = clock.instant();
    pace.refused(now, 1_000);
    assertThat(pace.turn(now, now)).isEqualTo(now);
    Instant back = now.minus(HOUR);
    assertThat(pace.turn(back, back)).isEqualTo(back);
    assertThat(pace.isLimited(back.plus(Pace.CALM))).isFalse();
  }
}
