package io.roomlog.handlers.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How approximate the rate is: a flooder's frames reach several execution environments, each of
 * which counts for itself. A minute of virtual time, on 20/s with a burst of 40.
 */
class SendRateSpreadTest {

  private static final long SEED = Long.getLong("roomlog.seed", 1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final List<Integer> ENVIRONMENTS = List.of(1, 2, 4, 8, 16, 64);
  private static final List<Integer> FLOODS = List.of(30, 100, 1_000);

  private Instant now = Instant.EPOCH;

  /** How many messages of a connection are admitted in a minute, which are sent at random times. */
  private int admitted(int perSecond, int environments, Random random) {
    List<SendRate> rates =
        Stream.generate(() -> new SendRate(SendRate.PER_SECOND, SendRate.BURST, () -> now))
            .limit(environments)
            .toList();
    int sent = perSecond * (int) MINUTE.toSeconds();
    long[] nanos = random.longs(sent, 0, MINUTE.toNanos()).sorted().toArray();
    Instant start = now;
    int admitted = 0;
    for (long at : nanos) {
      now = start.plusNanos(at);
      SendRate one = rates.get(random.nextInt(environments));
      admitted += one.take("flooder", 1) instanceof SendRate.Verdict.Admitted ? 1 : 0;
    }
    return admitted;
  }

  static Stream<Integer> environments() {
    return ENVIRONMENTS.stream();
  }

  @ParameterizedTest
  @MethodSource("environments")
  void aFloodGetsAtMostTheRateTimesTheEnvironments(int environments) {
    Random random = new Random(SEED);
    int most = environments * (SendRate.PER_SECOND * 60 + SendRate.BURST);
    for (int flood : FLOODS) {
      assertThat(admitted(flood, environments, random))
          .as("seed " + SEED)
          .isLessThanOrEqualTo(Math.min(most, flood * 60));
    }
  }

  @ParameterizedTest
  @MethodSource("environments")
  void whoeverKeepsToHalfTheRateIsNeverRefused(int environments) {
    int sent = SendRate.PER_SECOND / 2 * 60;
    assertThat(admitted(SendRate.PER_SECOND / 2, environments, new Random(SEED)))
        .as("seed " + SEED)
        .isEqualTo(sent);
  }

  @Test
  void oneEnvironmentHoldsAFloodToTheRate() {
    double perSecond = admitted(1_000, 1, new Random(SEED)) / 60.0;
    assertThat(perSecond).isCloseTo(SendRate.PER_SECOND, within(1.0));
  }

  @Test
  void theDocumentHasTheseFigures() throws Exception {
    String document = Files.readString(Path.of("..", "docs", "security.md"));
    assertThat(document.lines()).containsAll(ENVIRONMENTS.stream().map(this::row).toList());
  }

  /** A row of the document's table: what is admitted a second of each flood. */
  private String row(int environments) {
    String cells =
        String.join(
            " | ",
            FLOODS.stream()
                .map(flood -> "%.1f".formatted(admitted(flood, environments, new Random(1)) / 60.0))
                .toList());
    return "| " + environments + " | " + cells + " |";
  }
}
