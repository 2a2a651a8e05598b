package io.roomlog.tests.smoke;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.tests.world.World;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What {@code ./roomlog smoke} plays against a deployment, against the run on this machine. */
class SmokeIT {

  @Test
  void everyScenarioPassesHere() {
    try (World world = World.start()) {
      Smoke smoke = new Smoke(world.run().address(), Optional.empty(), new Random(), System.out);
      assertThat(smoke.play(Scenarios.ALL))
          .filteredOn(outcome -> !outcome.passed())
          .as("what failed")
          .isEmpty();
    }
  }

  @Test
  void whatFailsIsSaidAndTheOthersArePlayed() {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    Scenario failing =
        new Scenario(
            "failing",
            "never so",
            _ -> {
              throw new AssertionError("not so: it is; seen: nothing");
            });
    Scenario passing = new Scenario("passing", "always so", _ -> "it");
    List<Smoke.Outcome> outcomes =
        new Smoke(
                java.net.URI.create("ws://localhost:1/Prod"),
                Optional.empty(),
                new Random(1),
                new PrintStream(table, true, UTF_8))
            .play(List.of(failing, passing));
    assertThat(outcomes).extracting(Smoke.Outcome::passed).containsExactly(false, true);
    assertThat(table.toString(UTF_8))
        .contains("FAILED", "never so: not so: it is; seen: nothing", "1 of 2 passed");
  }
}
