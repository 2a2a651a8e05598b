package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.local.queues.OutgoingMessage;
import io.roomlog.operate.Main;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** With a limit of two connections every room of three is a big one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrowdIT {

  private static final String CROWD = "CrowdFunction";
  private static final int MESSAGES = 30;

  private World world;

  @BeforeAll
  void startWorld() {
    world = World.start(options -> options.with(Map.of("BigRoomConnections", "2")));
  }

  @AfterAll
  void endWorld() {
    world.close();
  }

  @Test
  void everybodyInABigRoomGetsEveryMessageByWayOfTheQueue() {
    try (Client ann = world.connect("room=stadium&name=ann");
        Client bob = world.connect("room=stadium&name=bob");
        Client cid = world.connectRoomlog("room=stadium&name=cid")) {
      for (int i = 1; i <= MESSAGES; i++) {
        ann.ask("send", "\"data\":\"t" + i + "\"");
      }
      Await.until("all are pushed", () -> positions(cid).size() >= MESSAGES);
      // A post without an answer is repeated, so a position may come twice, but never out of order.
      assertThat(positions(cid).stream().distinct())
          .containsExactlyElementsOf(IntStream.rangeClosed(1, MESSAGES).boxed().toList());
      List<String> texts = IntStream.rangeClosed(1, MESSAGES).mapToObj(i -> "t" + i).toList();
      bob.awaitFrames(MESSAGES);
      assertThat(bob.frames().stream().distinct()).containsExactlyElementsOf(texts);
      // One push may bring everything, and go on for a moment after the last frame is here.
      Await.until("the function of big rooms has ended", () -> world.ended(CROWD) > 0);
    }
  }

  @Test
  void anOperatorPushesPositionsAgain() throws Exception {
    try (Client ann = world.connectRoomlog("room=again&name=ann")) {
      for (int i = 1; i <= 3; i++) {
        ann.ask("send", "\"data\":\"t" + i + "\"");
      }
      Await.until("all are pushed", () -> positions(ann).size() >= 3);
      String port = Integer.toString(world.run().address().getPort());
      String[] push = {"push", "--room", "again", "--from", "2", "--to", "3", "--port", port};
      assertThat(Main.run(System.out, System.err, push)).isZero();
      Await.until("they are pushed again", () -> positions(ann).size() >= 5);
      assertThat(positions(ann).subList(3, 5)).containsExactly(2, 3);
    }
  }

  @Test
  void whatFailsComesAgainLongBeforeTheQueueWouldShowItByItself() {
    int ended = world.ended(CROWD);
    world
        .run()
        .queues()
        .queue("CrowdRanges")
        .send(OutgoingMessage.of("no range", "unreadable", "no-range"));
    // After 5 s; the visibility timeout is 360 s.
    Await.until("it has come again", () -> world.ended(CROWD) >= ended + 2);
  }

  private static List<Integer> positions(Client client) {
    return client.pushed().stream()
        .map((JsonNode entry) -> entry.path("position").asInt())
        .toList();
  }
}
