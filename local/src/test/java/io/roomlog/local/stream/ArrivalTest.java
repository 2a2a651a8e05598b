package io.roomlog.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArrivalTest {
  private static final Instant MINUTE = Instant.parse("2026-01-01T00:01:00Z");
  private static final Duration CUT_TO_THE_MINUTE = Duration.ofMinutes(1);

  @Test
  void aPreciseCreationTimeIsWhereAgeBegins() {
    var seen = MINUTE.plusSeconds(30);
    assertThat(bornAt(seen, Duration.ZERO)).isEqualTo(MINUTE);
  }

  @Test
  void withTimesCutToTheMinuteAgeBeginsWhenTheRecordIsSeen() {
    var seen = MINUTE.plusSeconds(59);
    assertThat(bornAt(seen, CUT_TO_THE_MINUTE)).isEqualTo(seen);
  }

  @Test
  void aRecordThatWaitedUnreadKeepsItsAgeToWithinTheCut() {
    var seen = MINUTE.plusSeconds(3600);
    assertThat(bornAt(seen, CUT_TO_THE_MINUTE)).isEqualTo(MINUTE.plusSeconds(60));
  }

  private static Instant bornAt(Instant seen, Duration precision) {
    return Arrival.of(Records.record(1, "item", "", MINUTE), seen, precision).born();
  }
}
