package io.roomlog.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.tests.simulation.Simulation.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Nothing that was acknowledged is lost, nothing is stored or read twice or out of order, and in
 * the end everybody has read the same, whatever goes wrong.
 *
 * <p>In {@code verify} 20,000 messages over 20 seeds; {@code ./mvnw verify -pl tests -am -Pnightly}
 * sends a million over 1,000. {@code -Droomlog.seed=N} begins at a seed, {@code -Droomlog.seeds=1}
 * runs just that one, and {@code -Droomlog.trace=N} shows its last N steps if it fails.
 */
class SimulationTest {

  private static final long FIRST_SEED = Long.getLong("roomlog.seed", 1);
  private static final int SEEDS = Integer.getInteger("roomlog.seeds", 20);

  /** A run of fewer seeds need not meet every fault. */
  private static final int SEEDS_OF_ALL_FAULTS = 20;

  /** Between every pair of calls, and before the first and after the last. */
  private static final List<String> DEATHS =
      List.of(
          "WRITER_DIES at event",
          "WRITER_DIES at marker",
          "WRITER_DIES at marker done",
          "WRITER_DIES at claim",
          "WRITER_DIES at claim done",
          "WRITER_DIES at put",
          "WRITER_DIES at put done",
          "WRITER_DIES at transact",
          "WRITER_DIES at transact done",
          "WRITER_DIES at join",
          "WRITER_DIES at join done",
          "WRITER_DIES at counter",
          "WRITER_DIES at counter done",
          "WRITER_DIES at after",
          "WRITER_DIES at after done",
          "WRITER_DIES at answer",
          "FAN_OUT_DIES at members",
          "FAN_OUT_DIES at members done",
          "FAN_OUT_DIES at after",
          "FAN_OUT_DIES at after done",
          "FAN_OUT_DIES at post",
          "FAN_OUT_DIES at post done",
          "FAN_OUT_DIES at batch done");

  @BeforeAll
  static void silence() {
    Silence.begin();
  }

  @AfterAll
  static void noSilence() {
    Silence.end();
  }

  @Test
  void whatIsAcknowledgedIsStoredOnceAndReadByAllInOneOrder() {
    Map<Fault, Long> struck = new EnumMap<>(Fault.class);
    Map<String, Long> deaths = new TreeMap<>();
    long sends = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Outcome outcome = Simulation.run(seed, Settings.of(seed), new Parts());
      assertThat(outcome.violations())
          .as(() -> "seed " + outcome.seed() + "\n" + String.join("\n", outcome.last()))
          .isEmpty();
      outcome.struck().forEach((fault, times) -> struck.merge(fault, times, Long::sum));
      outcome.deaths().forEach((call, times) -> deaths.merge(call, times, Long::sum));
      sends += outcome.sends();
    }
    System.out.printf(
        "%,d sends, seeds %d-%d: none lost, none twice, one order; %s; %s%n",
        sends, FIRST_SEED, FIRST_SEED + SEEDS - 1, struck, deaths);
    if (SEEDS >= SEEDS_OF_ALL_FAULTS) {
      assertThat(struck).as("every fault struck").containsOnlyKeys(Fault.values());
      assertThat(deaths)
          .as("functions died everywhere")
          .containsKeys(DEATHS.toArray(String[]::new));
    }
  }

  @Test
  void aSeedIsOneRunToTheLetter() {
    Outcome once = Simulation.run(FIRST_SEED, Settings.of(FIRST_SEED), new Parts());
    Outcome again = Simulation.run(FIRST_SEED, Settings.of(FIRST_SEED), new Parts());
    assertThat(again).isEqualTo(once);
    assertThat(Simulation.run(FIRST_SEED + 1, Settings.of(FIRST_SEED), new Parts()).trace())
        .isNotEqualTo(once.trace());
  }
}
