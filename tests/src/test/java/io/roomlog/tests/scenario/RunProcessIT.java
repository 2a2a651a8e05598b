package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.RunProcess;
import org.junit.jupiter.api.Test;

/**
 * With the class path of {@code ./roomlog} and no other: a library that only the tests have does
 * not help there.
 */
class RunProcessIT {

  @Test
  void whatOneSaysTheOtherHears() throws Exception {
    try (RunProcess run = RunProcess.start();
        Client ann = Client.connect(run.address("room=lobby&name=ann"));
        Client bob = Client.connect(run.address("room=lobby&name=bob"))) {
      ann.say("hello");
      assertThat(bob.awaitFrames(1)).containsExactly("hello");
    }
  }
}
