package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.Commands;
import io.roomlog.tests.world.World;
import org.junit.jupiter.api.Test;

class KickIT {

  private static final int CLOSED_BY_THE_SERVER = 1000;

  @Test
  void everyConnectionOfASenderInARoomIsClosedAndNobodyElses() {
    try (World world = World.start();
        Client ann = world.connect("room=kitchen&name=ann");
        Client again = world.connectRoomlog("room=lobby,kitchen&name=ann");
        Client elsewhere = world.connect("room=lobby&name=ann");
        Client bob = world.connect("room=kitchen&name=bob")) {
      Commands commands = Commands.of(world);
      assertThat(commands.run(0, "kick", "--room", "kitchen", "--sender", "ann"))
          .isEqualTo("Closed 2 connections\n");
      assertThat(ann.awaitClose()).isEqualTo(CLOSED_BY_THE_SERVER);
      assertThat(again.awaitClose()).isEqualTo(CLOSED_BY_THE_SERVER);
      Await.until("they have left", () -> world.items("ConnectionsTable") == 4);
      bob.say("still here");
      assertThat(bob.awaitFrames(1)).containsExactly("still here");
      elsewhere.say("and here");
      assertThat(elsewhere.awaitFrames(1)).containsExactly("and here");

      commands.run(1, "kick", "--room", "kitchen", "--sender", "ann");
      assertThat(commands.said())
          .isEqualTo("roomlog: nobody was kicked: no such connection is open\n");
      commands.run(2, "kick", "--room", "kitchen");
      assertThat(commands.said())
          .isEqualTo(
              "roomlog: --room and --sender are needed, or --connection alone; see --help\n");
    }
  }
}
