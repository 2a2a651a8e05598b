package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.tests.client.Output;
import io.roomlog.tests.client.RoomlogClient;
import io.roomlog.tests.client.SocketClient;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.World;
import java.time.InstantSource;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The reference client against the local run, over connections that are cut again and again. */
class ReferenceClientIT {

  private static final String ROOM = "cuts";
  private static final int MESSAGES = 60;
  private static final int CUT_EVERY = 15;
  private static final int UNDER_WAY_AT_A_CUT = 8;

  @Test
  void everyMessageIsStoredOnceAndReadOnceInOneOrderOverCuts() {
    try (World world = World.start();
        SocketClient ann = follow(world, "ann");
        SocketClient bob = follow(world, "bob")) {
      for (int i = 0; i < MESSAGES; i++) {
        (i % 2 == 0 ? ann : bob).send(ROOM, "m" + i, "text " + i);
        if (i % CUT_EVERY == CUT_EVERY - 1) {
          int enough = i - UNDER_WAY_AT_A_CUT;
          Await.until("most are acknowledged", () -> acknowledged(ann, bob) >= enough);
          ann.cut();
          bob.cut();
        }
      }
      Await.until("everything is acknowledged", () -> acknowledged(ann, bob) == MESSAGES);
      long head = world.log().counter(new RoomName(ROOM)).head();
      Await.until("ann has read to the head", () -> ann.received(ROOM).size() == head);
      Await.until("bob has read to the head", () -> bob.received(ROOM).size() == head);

      assertThat(ann.received(ROOM)).isEqualTo(bob.received(ROOM));
      assertThat(ann.received(ROOM).stream().filter(entry -> entry.has("id")))
          .extracting(entry -> entry.path("id").textValue())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, MESSAGES).mapToObj(i -> "m" + i).toList());
      assertThat(ann.stored()).extracting(Output.Stored::position).isSorted();
      assertThat(bob.stored()).extracting(Output.Stored::position).isSorted();
    }
  }

  private static int acknowledged(SocketClient ann, SocketClient bob) {
    return ann.stored().size() + bob.stored().size();
  }

  private static SocketClient follow(World world, String name) {
    RoomlogClient client = new RoomlogClient(new Random(name.hashCode()));
    client.follow(ROOM, 0);
    return SocketClient.start(
        world.address("room=%s&name=%s&client=%s".formatted(ROOM, name, name)),
        client,
        InstantSource.system());
  }
}
