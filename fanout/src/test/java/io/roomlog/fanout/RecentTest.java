package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.fanout.Recent.Counts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private final Recent recent = new Recent();

  private static Instant at(long millis) {
    return T.plusMillis(millis);
  }

  @Test
  void whatHappenedWithinTheSpanIsCounted() {
    recent.admit(at(0));
    recent.admit(at(999));
    recent.refuse(at(1_000));
    assertThat(recent.counts(at(1_049), Duration.ofSeconds(1))).isEqualTo(new Counts(2, 1));
    assertThat(recent.counts(at(1_050), Duration.ofSeconds(1))).isEqualTo(new Counts(1, 1));
    assertThat(Recent.isWithin(at(0), at(1_049), Duration.ofSeconds(1))).isTrue();
    assertThat(Recent.isWithin(at(0), at(1_050), Duration.ofSeconds(1))).isFalse();
  }

  @Test
  void nothingIsCountedTwiceWhenTheRingComesRound() {
    recent.admit(at(0));
    assertThat(recent.counts(at(10_049), Duration.ofHours(1))).isEqualTo(new Counts(1, 0));
    assertThat(recent.counts(at(10_050), Duration.ofHours(1))).isEqualTo(new Counts(0, 0));
    recent.refuse(at(10_050));
    assertThat(recent.counts(at(10_050), Duration.ofHours(1))).isEqualTo(new Counts(0, 1));
  }

  @Test
  void theRateIsThatOfCompleteSlots() {
    for (int i = 0; i < 20; i++) {
      recent.admit(at(50));
      recent.admit(at(200));
      recent.admit(at(250));
    }
    assertThat(recent.admittedPerSecond(at(250), 4)).isEqualTo(40 / 0.2);
    assertThat(recent.admittedPerSecond(at(299), 4)).isEqualTo(40 / 0.2);
    assertThat(recent.admittedPerSecond(at(300), 4)).isEqualTo(40 / 0.2);
    assertThat(recent.admittedPerSecond(at(300), 1)).isEqualTo(20 / 0.05);
  }

  @Test
  void onesOwnPartIsTakenOff() {
    assertThat(new Counts(10, 5).without(new Counts(3, 1))).isEqualTo(new Counts(7, 4));
  }
}
