package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private final Pace pace = new Pace();

  private Duration waitAt(Instant now) {
    return Duration.between(now, pace.turn(now, Instant.MAX));
  }

  @Test
  void nobodyWaitsBeforeTheAccountHasRefused() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(waitAt(T)).isZero();
    }
    assertThat(pace.perSecond(T)).isEmpty();
  }

  @Test
  void aRefusalLeavesNineTenthsOfWhatWasLetThrough() {
    pace.refused(T, 1_000);
    assertThat(pace.perSecond(T)).hasValue(900);
  }

  @Test
  void theRateGrowsByTheSameEverySecond() {
    pace.refused(T, 1_000);
    assertThat(pace.perSecond(T.plusSeconds(1))).hasValue(927);
    assertThat(pace.perSecond(T.plusSeconds(2))).hasValue(954);
  }

  @Test
  void aLowRateGrowsByTwentyPostsASecond() {
    pace.refused(T, 0);
    assertThat(pace.perSecond(T)).hasValue(Pace.PER_SECOND_MIN);
    assertThat(pace.perSecond(T.plusSeconds(3))).hasValue(Pace.PER_SECOND_MIN + 60);
  }

  @Test
  void answersTellOfTheRateOnlyWhenThoseToTheOldOneAreIn() {
    Duration second = Duration.ofSeconds(1);
    assertThat(pace.evidence(T, second)).isEqualTo(second);
    pace.refused(T, 1_000);
    assertThat(pace.evidence(T.plus(Pace.SETTLING), second)).isZero();
    assertThat(pace.evidence(T.plus(Pace.SETTLING).plusMillis(999), second))
        .isEqualTo(Duration.ofMillis(999));
    assertThat(pace.evidence(T.plus(Pace.SETTLING).plusMillis(1_001), second)).isEqualTo(second);
  }

  @Test
  void aSlowPostAndTheGrainOfTheCountsAreWaitedFor() {
    Duration oneInAHundred = TimedPosts.MEDIAN.multipliedBy(4);
    assertThat(Pace.SETTLING).isGreaterThan(oneInAHundred.plus(Recent.SLOT));
  }

  @Test
  void turnsAreSpacedByTheRate() {
    pace.refused(T, 1_000);
    Instant first = pace.turn(T, Instant.MAX);
    Instant second = pace.turn(T, Instant.MAX);
    Instant third = pace.turn(T, Instant.MAX);
    assertThat(Duration.between(first, second))
        .isBetween(Duration.ZERO, Duration.ofNanos(1_111_111));
    assertThat(Duration.between(second, third))
        .isBetween(Duration.ZERO, Duration.ofNanos(1_111_111));
    for (int i = 0; i < 900; i++) {
      pace.turn(T, Instant.MAX);
    }
    assertThat(waitAt(T)).isBetween(Duration.ofMillis(980), Duration.ofMillis(1_005));
  }

  @Test
  void noMoreThanTenMillisecondsAreMadeUpFor() {
    pace.refused(T, 1_000);
    Instant later = T.plusSeconds(5);
    int atOnce = 0;
    while (waitAt(later).isZero()) {
      atOnce++;
    }
    // 900 + 5 × 27 a second for 10 ms, and the turn at the end.
    assertThat(atOnce).isEqualTo(11);
  }

  @Test
  void aTurnThatComesTooLateIsNotTaken() {
    pace.refused(T, 1_000);
    while (waitAt(T).compareTo(Duration.ofMillis(100)) < 0) {
      assertThat(pace.isLimited(T)).isTrue();
    }
    Instant latest = T.plusMillis(50);
    Instant turn = pace.turn(T, latest);
    assertThat(turn).isAfter(latest);
    assertThat(pace.turn(T, latest)).isEqualTo(turn);
  }

  @Test
  void theRateIsLiftedHalfAMinuteAfterTheLastDecrease() {
    pace.refused(T, 1_000);
    Instant last = T.plusSeconds(4);
    pace.refused(last, 1_000);
    assertThat(pace.isLimited(last.plus(Pace.CALM).minusNanos(1))).isTrue();
    assertThat(pace.isLimited(last.plus(Pace.CALM))).isFalse();
    assertThat(waitAt(last.plus(Pace.CALM))).isZero();
  }
}
