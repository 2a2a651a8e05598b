package io.roomlog.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {

  @Test
  void one() {
    long begin = System.nanoTime();
    for (long seed = 1; seed <= Integer.getInteger("roomlog.seeds", 20); seed++) {
      Simulation.Outcome outcome = Simulation.run(seed, Settings.EVERYTHING, new Parts());
      System.out.println(
          seed
              + " "
              + outcome.sends()
              + " "
              + outcome.trace()
              + " "
              + (System.nanoTime() - begin) / 1_000_000
              + " "
              + outcome.struck());
      assertThat(outcome.violations()).as(() -> String.join("\n", outcome.last())).isEmpty();
    }
  }
}
