package io.roomlog.bench.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Small runs in virtual time. What they take is computed and not measured, so it is exact. */
@Timeout(120)
class RunsTest {

  private static final Assumptions DEFAULTS = Assumptions.defaults(7);

  @Test
  void oneMessageReachesABigRoomInThisTime() {
    Outcome outcome = Runs.broadcast(DEFAULTS, 2_000);
    assertThat(outcome.delivered()).isEqualTo(2_000);
    assertThat(outcome.posts()).isEqualTo(2_000);
    assertThat(outcome.mostWaiting()).isEqualTo(1);
    // 2,000 posts of 17.9 ms, 384 at once; the last ones of them take up to a tenth of a second.
    assertThat(outcome.postingMillis()).isBetween(93.0, 250.0);
    // And before it an append, a poll, a call to the stream's function, the queue and the members.
    assertThat(outcome.max())
        .isBetween(outcome.postingMillis() + 60, outcome.postingMillis() + 400);
  }

  @Test
  void messagesOfASmallRoomShareItsPushes() {
    Outcome outcome = Runs.steady(DEFAULTS, 100, 10, Duration.ofSeconds(5));
    assertThat(outcome.messages()).isEqualTo(41);
    assertThat(outcome.delivered()).isEqualTo(4_100);
    assertThat(outcome.posts()).isEqualTo(1_800);
    assertThat(outcome.ackP50()).isEqualTo(18.7, within(0.1));
  }

  @Test
  void theAccountsRateIsUsedAndNothingIsLost() {
    Outcome outcome = Runs.broadcast(DEFAULTS.perSecond(1_000), 12_000);
    assertThat(outcome.delivered()).isEqualTo(12_000);
    assertThat(outcome.refused()).isPositive().isLessThan(12_000 / 10);
    double bound = DEFAULTS.perSecond(1_000).bound(12_000);
    assertThat(outcome.postingMillis() / 1_000).isGreaterThan(bound).isLessThan(1.1 * bound);
  }

  @Test
  void whoeverIsGoneOrFullHoldsUpNobody() {
    Outcome outcome = Runs.broadcast(DEFAULTS.withFaults(), 2_000);
    assertThat(outcome.expected()).isEqualTo(2_000 - 2 * 7);
    assertThat(outcome.delivered()).isEqualTo(outcome.expected());
    assertThat(outcome.saturated()).isFalse();
  }

  @Test
  void theSameSeedIsTheSameRun() {
    assertThat(Runs.broadcast(DEFAULTS, 1_500))
        .isEqualTo(Runs.broadcast(Assumptions.defaults(7), 1_500))
        .isNotEqualTo(Runs.broadcast(Assumptions.defaults(8), 1_500));
  }
}
