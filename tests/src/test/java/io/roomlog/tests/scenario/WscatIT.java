package io.roomlog.tests.scenario;

import io.roomlog.core.RoomName;
import io.roomlog.tests.world.Await;
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
      Await.until("both are in", () -> world.members(new RoomName("lobby")).size() == 2);
      ann.type("{\"action\":\"sendmessage\",\"data\":\"hello world\"}");
      ann.awaitPrinted("hello world");
      bob.awaitPrinted("hello world");
      bob.type("{\"action\":\"sendmessage\",\"data\":\"hello ann\"}");
      ann.awaitPrinted("hello ann");
      bob.awaitPrinted("hello ann");
    }
  }
}
