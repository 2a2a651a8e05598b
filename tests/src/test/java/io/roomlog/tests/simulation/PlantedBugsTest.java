package io.roomlog.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation can fail: each bug, planted alone, is caught, and without it the seed passes. */
class PlantedBugsTest {

  /** Not every day shows every bug; the first that does is found among the first few. */
  private static final int SEEDS_MAX = 40;

  @BeforeAll
  static void silence() {
    Silence.begin();
  }

  @AfterAll
  static void noSilence() {
    Silence.end();
  }

  @ParameterizedTest
  @EnumSource
  void isCaught(PlantedBug bug) {
    for (long seed = 1; seed <= SEEDS_MAX; seed++) {
      List<String> violations = Simulation.run(seed, bug.settings(), bug.parts()).violations();
      if (violations.stream().anyMatch(violation -> violation.contains(bug.caughtAs()))) {
        System.out.printf("%s, seed %d: %s%n", bug, seed, violations.getFirst());
        assertThat(Simulation.run(seed, bug.settings(), bug.proper()).violations())
            .as("seed %d without the bug", seed)
            .isEmpty();
        return;
      }
    }
    throw new AssertionError(bug + " was not caught by " + SEEDS_MAX + " seeds");
  }
}
