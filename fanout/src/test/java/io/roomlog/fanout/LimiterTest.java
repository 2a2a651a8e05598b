package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.roomlog.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the account's answers make of the pace; clients with full buffers are VerdictTest's. */
class LimiterTest {

  private static final int ACCOUNT = 1_000;

  private final ManualClock clock = new ManualClock();
  private Duration paused = Duration.ZERO;
  private Runnable meanwhile = () -> {};
  private int connections;

  private Limiter limiter(Courtesy courtesy) {
    return new Limiter(
        courtesy,
        clock,
        time -> {
          clock.pass(time);
          paused = paused.plus(time);
          meanwhile.run();
        });
  }

  /** First tries to connections of their own that went through. */
  private void admit(Limiter limiter, int times) {
    for (int i = 0; i < times; i++) {
      limiter.admitted(new Refusals("c" + connections++), clock.instant(), clock.instant());
    }
  }

  /** The same, refused. */
  private void refuse(Limiter limiter, int times) {
    for (int i = 0; i < times; i++) {
      refused(limiter);
    }
  }

  private Refusals refused(Limiter limiter) {
    Refusals refusals = new Refusals("c" + connections++);
    refusals.refused(clock.instant());
    limiter.refused(refusals, clock.instant(), clock.instant());
    return refusals;
  }

  private void await(Limiter limiter) throws InterruptedException {
    paused = Duration.ZERO;
    assertThat(limiter.await(clock.instant().plusSeconds(10))).isTrue();
  }

  /** A polite one that the account has refused, and that knows its rate by now. */
  private Limiter limited() throws InterruptedException {
    Limiter limiter = limiter(Courtesy.polite(ACCOUNT));
    admit(limiter, 30);
    refuse(limiter, 20);
    await(limiter);
    assertThat(paused).isGreaterThanOrEqualTo(Hold.LENGTH);
    clock.pass(Pace.SETTLING.plusSeconds(1));
    return limiter;
  }

  @Test
  void aLargeRoomLeavesAShareOfTheRateToEverybodyElse() {
    assertThat(limiter(Courtesy.polite(10_000)).perSecond()).hasValue(9_700);
    assertThat(limiter(Courtesy.impatient()).perSecond()).isEmpty();
  }

  @Test
  void aRateThatIsALittleTooHighIsLoweredAndOneThatIsFarTooHighIsFoundByAHold()
      throws InterruptedException {
    Limiter little = limited();
    admit(little, 100);
    refuse(little, 20);
    await(little);
    assertThat(paused).isLessThan(Hold.LENGTH);

    Limiter far = limited();
    refuse(far, Verdict.OTHERS_MIN);
    await(far);
    assertThat(paused).isGreaterThanOrEqualTo(Hold.LENGTH);
  }

  @Test
  void whoWaitsForATurnWaitsForAHoldThatBeginsMeanwhile() throws InterruptedException {
    Limiter limiter = limiter(Courtesy.polite(ACCOUNT));
    admit(limiter, 30);
    while (paused.isZero()) {
      await(limiter);
    }
    Instant[] begun = new Instant[1];
    meanwhile =
        () -> {
          if (begun[0] == null) {
            begun[0] = clock.instant();
            refuse(limiter, 20);
          }
        };
    await(limiter);
    assertThat(clock.instant()).isAfterOrEqualTo(begun[0].plus(Hold.LENGTH));
  }

  @Test
  void aSecondTryThatWentThroughDoesNotMakeTheAccountLookBetter() {
    Limiter limiter = limiter(Courtesy.impatient());
    for (int i = 0; i < 100; i++) {
      if (i % 5 == 0) {
        admit(limiter, 1);
      } else {
        limiter.admitted(refused(limiter), clock.instant(), clock.instant());
      }
    }
    assertThat(limiter.perSecond()).isPresent();
  }

  @Test
  void theStreamsFunctionSlowsDownOnlyWhenAGoodPartIsRefusedForSeconds() {
    Limiter limiter = limiter(Courtesy.impatient());
    admit(limiter, 300);
    refuse(limiter, 100);
    assertThat(limiter.perSecond()).isEmpty();
    clock.pass(Duration.ofSeconds(2));
    refuse(limiter, 150);
    assertThat(limiter.perSecond()).isEmpty();
    refuse(limiter, 300);
    assertThat(limiter.perSecond()).isPresent();
  }

  @Test
  void whoIsLimitedGivesWayAtTheFirstSigns() {
    Limiter limiter = limiter(Courtesy.impatient());
    refuse(limiter, 100);
    assertThat(limiter.perSecond()).hasValueCloseTo(Pace.PER_SECOND_MIN, within(1.0));
    clock.pass(Pace.SETTLING.plusSeconds(4));
    admit(limiter, 400);
    clock.pass(Recent.SLOT);
    refuse(limiter, 20);
    assertThat(limiter.perSecond()).hasValueCloseTo(Pace.DECREASE * 400, within(1.0));
  }
}
