package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.wire.Json;
import io.roomlog.tests.client.RoomlogClient;
import io.roomlog.tests.client.SocketClient;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.Commands;
import io.roomlog.tests.world.World;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A room goes out as JSON Lines, and what one of them has said goes from it. */
class ErasureIT {

  private static final String ROOM = "files";

  @Test
  void whatOneHasSaidGoesAndEverythingElseStaysWhereItIs() {
    try (World world = World.start();
        Client ann = world.connectRoomlog("room=" + ROOM + "&name=ann&client=a");
        Client bob = world.connectRoomlog("room=" + ROOM + "&name=bob&client=b");
        Client plain = world.connect("room=" + ROOM)) {
      Commands commands = Commands.of(world);
      ann.ask("send", "\"data\":\"secret of ann\",\"id\":\"s1\"");
      bob.ask("send", "\"data\":{\"n\":1.50,\"s\":\"é\\u0001\"}");
      ann.ask("send", "\"data\":\"more of ann\"");
      bob.ask("send", "\"data\":\"last\"");
      JsonNode before = bob.ask("history", "\"after\":0").path("messages");
      plain.awaitFrames(4);

      List<String> lines = commands.run(0, "export", "--room", ROOM).lines().toList();
      assertThat(lines).containsExactlyElementsOf(before.valueStream().map(Json::minimal).toList());
      assertThat(commands.said())
          .isEqualTo("roomlog: files is exported up to 4; later go on with --from 5\n");
      assertThat(commands.run(0, "export", "--room", ROOM, "--from", "2", "--to", "3").lines())
          .containsExactlyElementsOf(lines.subList(1, 3));

      commands.run(0, "erase", "--room", ROOM, "--sender", "ann", "--dry-run");
      assertThat(bob.ask("history", "\"after\":0").path("messages")).isEqualTo(before);
      assertThat(commands.run(0, "erase", "--room", ROOM, "--sender", "ann"))
          .isEqualTo("Erased 2 messages of ann in files, positions 1 to 4\n");
      assertThat(commands.run(0, "erase", "--room", ROOM, "--sender", "ann"))
          .startsWith("Erased 0 messages");

      JsonNode after = bob.ask("history", "\"after\":0").path("messages");
      assertThat(after.path(0).toString())
          .isEqualTo("{\"position\":1,\"type\":\"deleted\",\"at\":" + before.at("/0/at") + "}");
      assertThat(after.path(1)).isEqualTo(before.path(1));
      assertThat(after.path(2).path("type").asText()).isEqualTo("deleted");
      assertThat(after.path(3)).isEqualTo(before.path(3));
      String exported = commands.run(0, "export", "--room", ROOM);
      assertThat(exported).doesNotContain("secret", "more of ann", "\"ann\"", "s1");

      assertThat(ann.ask("send", "\"data\":\"again\",\"id\":\"s1\"").at("/acks/0/position").asInt())
          .as("the id is known for its 24 hours, so nothing comes back by itself")
          .isEqualTo(1);
      ann.ask("send", "\"data\":\"new\"");
      assertThat(plain.awaitFrames(5)).hasSize(5).endsWith("new");
      commands.run(0, "erase", "--room", ROOM, "--from", "4", "--to", "4");
      readsOn(world);
    }
  }

  /** Erased entries are positions like others to the client that reads the room from its start. */
  private static void readsOn(World world) {
    RoomlogClient client = new RoomlogClient(new Random(1));
    client.follow(ROOM, 0);
    try (SocketClient reader =
        SocketClient.start(
            world.address("room=%s&client=r".formatted(ROOM)), client, InstantSource.system())) {
      Await.until("everything is read", () -> reader.received(ROOM).size() == 5);
      assertThat(reader.received(ROOM))
          .extracting(entry -> entry.path("type").asText())
          .containsExactly("deleted", "", "deleted", "deleted", "");
    }
  }

  @Test
  void whatMakesNoSenseIsSaidAndErasesNothing() {
    try (World world = World.start()) {
      Commands commands = Commands.of(world);
      commands.run(2, "erase", "--room", ROOM);
      assertThat(commands.said())
          .isEqualTo("roomlog: --sender is needed, or both --from and --to; see --help\n");
      commands.run(2, "erase", "--room", "a b", "--sender", "ann");
      assertThat(commands.said()).startsWith("roomlog: --room is 'a b'; a room's name is ");
      commands.run(2, "export", "--room", ROOM, "--from", "5", "--to", "4");
      assertThat(commands.said()).startsWith("roomlog: --to is 4; it is at least --from, 5");
      commands.run(2, "export");
      assertThat(commands.said()).contains("--room=ROOM");
    }
  }
}
