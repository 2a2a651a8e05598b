package io.roomlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BansTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.500Z");

  @Test
  void aBanEndsByItself() {
    Bans bans = Bans.NONE.with("ann", NOW.plusSeconds(10)).orElseThrow();
    Instant end = Instant.parse("2026-01-01T00:00:10Z");
    assertThat(bans.of("ann")).hasValue(end);
    assertThat(bans.at(end.minusMillis(1)).of("ann")).hasValue(end);
    assertThat(bans.at(end).of("ann")).isEmpty();
    assertThat(bans.of("bob")).isEmpty();
    assertThat(bans.without("ann")).isEqualTo(Bans.NONE);
  }

  @Test
  void aRoomHoldsSoManyAndAnotherEndOfOneIsNoMore() {
    Bans bans = Bans.NONE;
    for (int i = 0; i < Bans.COUNT_MAX; i++) {
      bans = bans.with("s" + i, NOW).orElseThrow();
    }
    assertThat(bans.with("one too many", NOW)).isEmpty();
    assertThat(bans.with("s7", NOW.plusSeconds(9))).isPresent();
  }
}
