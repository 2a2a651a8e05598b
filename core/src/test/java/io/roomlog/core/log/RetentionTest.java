package io.roomlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
  private static final Retention DAY = Retention.ofDays(1);

  @Test
  void anEntryExpiresAtAWholeHourAndAnHourLate() {
    Instant next = TEN.plus(Duration.ofHours(25));
    assertThat(DAY.expiresAt(TEN)).contains(next);
    assertThat(DAY.expiresAt(TEN.minusMillis(1))).contains(next);
    assertThat(DAY.expiresAt(TEN.plusMillis(1))).contains(next.plus(Duration.ofHours(1)));
    assertThat(Retention.forever().expiresAt(TEN)).isEmpty();
  }

  @Test
  void noneIsForEverAndLessThanADayIsRefused() {
    assertThat(Retention.ofDays(0)).isEqualTo(Retention.forever());
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Retention.For(Duration.ofDays(1).minusSeconds(1)));
    assertThat(Retention.ofSeconds(DAY.seconds())).isEqualTo(DAY);
    assertThat(Retention.ofSeconds(Retention.forever().seconds())).isEqualTo(Retention.forever());
  }

  @Test
  void anyTimeIsShorterThanForEver() {
    Retention week = Retention.ofDays(7);
    assertThat(DAY.orShorter(week)).isEqualTo(DAY);
    assertThat(week.orShorter(DAY)).isEqualTo(DAY);
    assertThat(Retention.forever().orShorter(DAY)).isEqualTo(DAY);
    assertThat(DAY.orShorter(Retention.forever())).isEqualTo(DAY);
    assertThat(Retention.forever().orShorter(Retention.forever())).isEqualTo(Retention.forever());
  }

  @Test
  void whatWasHandedOutBeforeAChangeGoesAfterTheShortest() {
    Retention week = Retention.ofDays(7);
    Counter counter = Counter.NEW.claimed(3, TEN, week).claimed(2, TEN, DAY).claimed(1, TEN, week);
    assertThat(counter.expiry()).isEqualTo(new Expiry(week, DAY, 5, 0));
    assertThat(counter.expiry().of(5)).isEqualTo(DAY);
    assertThat(counter.expiry().of(6)).isEqualTo(week);
  }

  @Test
  void aSilenceOfMoreThanAnHourIsNotedByTheClaimThatEndsIt() {
    Counter counter = Counter.NEW.claimed(3, TEN, DAY);
    assertThat(counter.claimed(1, TEN.plus(Expiry.MARGIN), DAY).expiry().quiet()).isZero();
    assertThat(counter.claimed(1, TEN.plus(Expiry.MARGIN).plusMillis(1), DAY).expiry().quiet())
        .isEqualTo(3);
  }

  @Test
  void aRoomThatNeverHadARetentionNotesNothing() {
    Counter counter = Counter.NEW.claimed(3, TEN, Retention.forever());
    Instant later = TEN.plus(Duration.ofDays(9));
    assertThat(counter.claimed(3, later, Retention.forever()))
        .isEqualTo(new Counter(6, later, Expiry.NEVER));
  }
}
