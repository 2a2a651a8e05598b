package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.wire.Json;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.Commands;
import io.roomlog.tests.world.World;
import org.junit.jupiter.api.Test;

/** A back end posts without a socket: with the operator's command, which any AWS SDK can copy. */
class SystemSendIT {

  @Test
  void whatABackEndSendsIsPushedAndIsStoredOnceHoweverOftenItIsSent() {
    try (World world = World.start();
        Client plain = world.connect("room=ops&name=ann");
        Client roomlog = world.connectRoomlog("room=ops&name=bob")) {
      Commands commands = Commands.of(world);
      String[] send = {"send", "--room", "ops", "--data", "deployed", "--id", "d1"};
      JsonNode first = Json.parse(commands.run(0, send)).orElseThrow();
      assertThat(plain.awaitFrames(1)).containsExactly("deployed");
      roomlog.awaitFrames(1);
      assertThat(roomlog.pushed().getFirst().toString())
          .isEqualTo(
              "{\"position\":1,\"id\":\"d1\",\"sender\":\"system\",\"name\":\"system\",\"at\":%d,\"data\":\"deployed\"}"
                  .formatted(first.path("at").longValue()));

      JsonNode again = Json.parse(commands.run(0, send)).orElseThrow();
      assertThat(again.path("position")).isEqualTo(first.path("position"));
      assertThat(again.path("duplicate").booleanValue()).isTrue();
      assertThat(roomlog.ask("send", "\"data\":1,\"id\":\"d1\"").at("/acks/0/duplicate"))
          .hasToString("false");

      String tooLarge = "x".repeat(24_575);
      commands.run(1, "send", "--room", "ops", "--data", tooLarge);
      assertThat(commands.said())
          .isEqualTo("roomlog: too_large: data is 24577 bytes; the limit is 24576\n");
    }
  }
}
