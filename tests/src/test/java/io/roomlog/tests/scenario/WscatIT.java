package io.roomlog.tests.scenario;

import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import io.roomlog.tests.world.Wscat;
import org.junit.jupiter.api.Test;

/** README's transcript, typed by a test. */
class WscatIT {

  @Test
  void twoPeopleChatWithWscat() throws Exception {
    try (World world = World.start();
        Wscat ann = Wscat.connect(world.address("name=ann"));
        Wscat bob = Wscat.connect(world.address("name=bob"))) {
      awaitOpen(world, ann, bob);
      ann.type("{\"action\":\"sendmessage\",\"data\":\"hello world\"}");
      ann.awaitPrinted("hello world");
      bob.awaitPrinted("hello world");
      bob.type("{\"action\":\"sendmessage\",\"data\":\"hello ann\"}");
      ann.awaitPrinted("hello ann");
      bob.awaitPrinted("hello ann");
    }
  }

  /**
   * A line that is typed before its socket is open is lost, and wscat says only to a terminal that
   * it is open. What it hears it prints to anybody.
   */
  private static void awaitOpen(World world, Wscat ann, Wscat bob) {
    try (Client eve = world.connect("name=eve")) {
      Await.until("all are connected", () -> world.run().connections() == 3);
      eve.say("knock knock");
      ann.awaitPrinted("knock knock");
      bob.awaitPrinted("knock knock");
    }
  }
}
