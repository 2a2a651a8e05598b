package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.RunProcess;
import io.roomlog.tests.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * What people start, with the class path that {@code ./roomlog} gives it: what the build hands to
 * tests only is not on it.
 */
@EnabledIf(
    value = "inThisProcess",
    disabledReason = "the run is a process of its own, and is started without --functions")
class InstalledRunIT {

  static boolean inThisProcess() {
    return World.inThisProcess();
  }

  @Test
  void twoPeopleChatOverARunThatIsStartedAsPeopleStartIt() throws Exception {
    try (RunProcess run = RunProcess.start();
        Client ann = Client.connect(run.address("name=ann"));
        Client bob = Client.connect(run.address("name=bob"), "roomlog.v1")) {
      ann.say("hello bob");
      assertThat(ann.awaitFrames(1)).containsExactly("hello bob");
      assertThat(bob.awaitFrames(1)).singleElement().asString().contains("\"hello bob\"");
      assertThat(bob.ask("send", "\"data\":\"hello ann\"").get("type").textValue())
          .isEqualTo("ack");
      assertThat(ann.awaitFrames(2)).endsWith("hello ann");
    }
  }
}
