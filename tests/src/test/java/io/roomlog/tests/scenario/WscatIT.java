package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import io.roomlog.tests.world.Wscat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** README's transcript, typed by a test. */
class WscatIT {

  @Test
  void twoPeopleChatWithWscat() throws Exception {
    try (World world = World.start();
        Wscat ann = Wscat.connect(world.address("name=ann"));
        Wscat bob = Wscat.connect(world.address("name=bob"))) {
      awaitOpen(world, "lobby", ann, bob);
      ann.type("{\"action\":\"sendmessage\",\"data\":\"hello world\"}");
      ann.awaitPrinted("hello world");
      bob.awaitPrinted("hello world");
      bob.type("{\"action\":\"sendmessage\",\"data\":\"hello ann\"}");
      ann.awaitPrinted("hello ann");
      bob.awaitPrinted("hello ann");
    }
  }

  @Test
  void whoIsCutOffReadsWhatItMissed() throws Exception {
    try (World world = World.start();
        Wscat ann = Wscat.connect(world.address("name=ann&room=lobby,hall"))) {
      awaitOpen(world, "hall", ann);
      try (Wscat bob = bobsPhone(world)) {
        awaitOpen(world, "door", bob);
        bob.type("{\"action\":\"join\",\"room\":\"lobby\"}");
        bob.awaitPrinted("{\"type\":\"joined\",\"room\":\"lobby\",\"head\":0,\"first\":1}");
        bob.type("{\"action\":\"send\",\"data\":\"back in a minute\",\"id\":\"m1\"}");
        bob.awaitLine("\"acks\":[{\"id\":\"m1\",\"position\":1,");
        bob.awaitLine("\"from\":1,\"to\":1,\"messages\":[{\"position\":1,\"id\":\"m1\",");
      }
      Await.until("bob is cut off", () -> world.members(new RoomName("lobby")).size() == 1);
      for (String text : List.of("one", "two", "three")) {
        ann.type("{\"action\":\"sendmessage\",\"data\":\"" + text + "\"}");
        ann.awaitPrinted(text);
      }
      try (Wscat bob = bobsPhone(world)) {
        awaitOpen(world, "door", bob);
        bob.type("{\"action\":\"join\",\"room\":\"lobby\",\"after\":1}");
        assertThat(bob.awaitLine("\"joined\""))
            .contains("\"head\":4,\"first\":1,\"from\":2,\"to\":4")
            .contains("\"data\":\"one\"", "\"data\":\"two\"", "\"data\":\"three\"")
            .contains("\"more\":false,\"pending\":false,\"recovered\":true");
        bob.type("{\"action\":\"send\",\"data\":\"back in a minute\",\"id\":\"m1\"}");
        assertThat(bob.awaitLine("\"acks\"")).contains("\"position\":1,", "\"duplicate\":true");
      }
    }
  }

  private static Wscat bobsPhone(World world) throws Exception {
    return Wscat.connect(
        world.address("room=lobby,door&name=bob&client=bobs-phone"), "-s", "roomlog.v1");
  }

  /**
   * A line that is typed before its socket is open is lost, and wscat says only to a terminal that
   * it is open. What it hears it prints to anybody.
   */
  private static void awaitOpen(World world, String room, Wscat... sessions) {
    try (Client eve = world.connect("name=eve&room=" + room)) {
      Await.until(
          "all are in", () -> world.members(new RoomName(room)).size() == sessions.length + 1);
      eve.say("knock knock");
      for (Wscat session : sessions) {
        session.awaitLine("knock knock");
      }
    }
  }
}
