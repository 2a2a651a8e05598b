package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.local.functions.Functions;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.Commands;
import io.roomlog.tests.world.World;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BanIT {

  private static final RoomName KITCHEN = new RoomName("kitchen");

  @Test
  void whoIsBannedFromARoomIsOutOfItAndStaysOutUntilItIsEnded() {
    try (World world = World.start();
        Client ann = world.connectRoomlog("room=kitchen,lobby&name=ann");
        Client bob = world.connectRoomlog("room=kitchen,lobby&name=bob")) {
      Commands commands = Commands.of(world);
      String[] ban = {"ban", "--room", "kitchen", "--sender", "ann", "--until", "1h"};
      assertThat(commands.run(0, ban))
          .startsWith("Banned ann from kitchen until 20")
          .endsWith("; 1 connections were met\n");
      assertThat(commands.run(0, "bans", "--room", "kitchen")).endsWith(" ann\n");

      assertThat(code(ann, "send", "\"data\":1")).isEqualTo("forbidden");
      assertThat(code(ann, "history", "\"after\":0")).isEqualTo("forbidden");
      assertThat(code(ann, "join", "\"room\":\"kitchen\"")).isEqualTo("forbidden");
      JsonNode heads = ann.ask("sync", "\"rooms\":{\"kitchen\":0,\"lobby\":0}");
      assertThat(heads.path("rooms").toString()).isEqualTo("{\"lobby\":0}");
      assertThat(heads.path("forbidden").path("kitchen").asText()).contains("banned until 20");
      assertThat(Client.refusal(world.address("room=lobby,kitchen&name=ann"))).isEqualTo(403);

      bob.ask("send", "\"data\":\"without ann\"");
      bob.ask("send", "\"data\":\"with ann\",\"room\":\"lobby\"");
      Await.until("ann hears the lobby", () -> !ann.pushed().isEmpty());
      assertThat(ann.pushed().toString()).contains("with ann").doesNotContain("without ann");

      commands.run(0, "unban", "--room", "kitchen", "--sender", "ann");
      commands.run(1, "unban", "--room", "kitchen", "--sender", "ann");
      assertThat(ann.ask("send", "\"data\":1").has("acks")).isTrue();
    }
  }

  @Test
  void whoIsBannedEverywhereIsCutOffAndCannotConnect() {
    try (World world = World.start();
        Client ann = world.connect("room=kitchen,lobby&name=ann");
        Client bob = world.connect("room=kitchen&name=bob")) {
      Commands commands = Commands.of(world);
      commands.run(0, "ban", "--everywhere", "--sender", "ann", "--until", "10m");
      assertThat(ann.awaitClose()).isEqualTo(1000);
      assertThat(Client.refusal(world.address("room=other&name=ann"))).isEqualTo(403);
      bob.say("still here");
      assertThat(bob.awaitFrames(1)).containsExactly("still here");
      commands.run(0, "unban", "--everywhere", "--sender", "ann");
      world.connect("room=other&name=ann").close();
    }
  }

  @Test
  void whoIsInTheHandshakeWhenBannedIsCutOffOnceItIsOver() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    try (World world = World.start(options -> options.around(held(answers)));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Client> ann = threads.submit(() -> world.connect("room=kitchen&name=ann"));
      Await.until("ann's $connect has done its work", () -> world.members(KITCHEN).size() == 1);
      Commands commands = Commands.of(world);
      Future<String> ban =
          threads.submit(
              () -> commands.run(0, "ban", "--everywhere", "--sender", "ann", "--until", "10m"));
      Await.until("she could not be closed", () -> commands.said().contains("handshake"));
      answers.countDown();
      try (Client connected = ann.get()) {
        assertThat(connected.awaitClose()).isEqualTo(1000);
      }
      assertThat(ban.get()).endsWith("; 1 connections were met\n");
    }
  }

  /** {@code $connect} has looked for bans, and its answer has not come. */
  private static UnaryOperator<Functions> held(CountDownLatch answers) {
    return functions ->
        (function, event) -> {
          Functions.Outcome outcome = functions.invoke(function, event);
          if (function.equals("ConnectFunction")) {
            answers.await();
          }
          return outcome;
        };
  }

  @Test
  void whoIsInNoRoomIsCutOffTooWhenBannedEverywhere() {
    try (World world = World.start();
        Client ann = world.connectRoomlog("room=kitchen&name=ann")) {
      ann.ask("leave", "\"room\":\"kitchen\"");
      assertThat(ann.ask("send", "\"data\":1").has("acks")).isTrue();
      Commands.of(world).run(0, "ban", "--everywhere", "--sender", "ann", "--until", "10m");
      assertThat(ann.awaitClose()).isEqualTo(1000);
    }
  }

  private static String code(Client client, String action, String fields) {
    return client.ask(action, fields).path("code").asText();
  }
}
