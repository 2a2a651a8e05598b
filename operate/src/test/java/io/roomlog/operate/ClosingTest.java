package io.roomlog.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.testing.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClosingTest {

  private final ManualClock clock = new ManualClock();
  private final Instant begin = clock.instant();
  private final Set<String> open = new HashSet<>();
  private final Map<String, Instant> joinedAt = new HashMap<>();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** What happens after so much time. */
  private final Map<Duration, Runnable> later = new HashMap<>();

  private int close(String... connections) throws InterruptedException {
    PrintStream said = new PrintStream(err, true, UTF_8);
    return new Closing(open::remove, id -> Optional.ofNullable(joinedAt.get(id)), clock, this::pass)
        .close(List.of(connections), new Command.Console(said, said));
  }

  private void pass(Duration time) {
    clock.pass(time);
    later
        .entrySet()
        .removeIf(
            one -> {
              boolean due = !begin.plus(one.getKey()).isAfter(clock.instant());
              if (due) {
                one.getValue().run();
              }
              return due;
            });
  }

  private Duration took() {
    return Duration.between(begin, clock.instant());
  }

  @Test
  void whoIsOpenIsClosedAtOnce() throws InterruptedException {
    open.addAll(Set.of("a", "b"));
    assertThat(close("a", "b")).isEqualTo(2);
    assertThat(took()).isZero();
    assertThat(err.size()).isZero();
  }

  @Test
  void whoseHandshakeIsUnderWayIsClosedOnceItIsOver() throws InterruptedException {
    joinedAt.put("a", begin.minusMillis(10));
    later.put(Duration.ofSeconds(9), () -> open.add("a"));
    assertThat(close("a")).isEqualTo(1);
    assertThat(took()).isEqualTo(Duration.ofSeconds(9));
    assertThat(open).isEmpty();
    assertThat(err.toString(UTF_8))
        .isEqualTo("1 of them may be in their handshake; trying for 30 s\n");
  }

  @Test
  void whoseHandshakeWasRefusedIsNotWaitedFor() throws InterruptedException {
    joinedAt.put("a", begin);
    later.put(Duration.ofSeconds(2), () -> joinedAt.remove("a"));
    assertThat(close("a")).isZero();
    assertThat(took()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whoJoinedLongAgoAndIsGoneIsNotWaitedFor() throws InterruptedException {
    joinedAt.put("a", begin.minus(Closing.HANDSHAKE_MAX));
    assertThat(close("a", "without any row")).isZero();
    assertThat(took()).isZero();
  }

  @Test
  void nobodyIsWaitedForLongerThanAHandshakeTakes() throws InterruptedException {
    joinedAt.put("a", begin.plusSeconds(5));
    assertThat(close("a")).isZero();
    assertThat(took()).isEqualTo(Closing.HANDSHAKE_MAX);
  }
}
