package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FullBuffersTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private final FullBuffers full = new FullBuffers();

  @Test
  void aFullBufferIsRememberedForHalfAMinute() {
    full.add("ann", T);
    assertThat(full.contains("ann", T.plus(FullBuffers.REMEMBERED).minusNanos(1))).isTrue();
    assertThat(full.contains("ann", T.plus(FullBuffers.REMEMBERED))).isFalse();
    assertThat(full.contains("bob", T)).isFalse();
  }

  @Test
  void whoTakesPostsAgainIsForgotten() {
    full.add("ann", T);
    full.remove("ann");
    assertThat(full.contains("ann", T)).isFalse();
  }

  @Test
  void theOldestIsForgottenWhenThereAreTooMany() {
    full.add("first", T);
    for (int i = 2; i <= FullBuffers.REMEMBERED_MAX; i++) {
      full.add("c" + i, T);
    }
    assertThat(full.contains("first", T)).isTrue();
    full.add("one more", T);
    assertThat(full.contains("first", T)).isFalse();
    assertThat(full.contains("c2", T)).isTrue();
  }

  @Test
  void whoIsFullAgainIsTheYoungest() {
    full.add("first", T);
    for (int i = 2; i <= FullBuffers.REMEMBERED_MAX; i++) {
      full.add("c" + i, T);
    }
    full.add("first", T);
    full.add("one more", T);
    assertThat(full.contains("first", T)).isTrue();
    assertThat(full.contains("c2", T)).isFalse();
  }
}
