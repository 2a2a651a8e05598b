package io.roomlog.tests.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Retention;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.wire.Json;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A conversation in which each two-way route makes every call that it ever makes. */
final class EveryAnswer {

  private static final RoomName ROOM = new RoomName("answers");
  private static final String IN_ROOM = "\"room\":\"" + ROOM + "\"";

  /** Long enough ago for a hole to be closed at once. */
  private static final Duration OLD = Duration.ofMinutes(1);

  /** Positions lost in a row after which an append looks for the log's last entry. */
  private static final int AHEAD = 3;

  private final World world;
  private final Awaiting awaiting;
  private long asked;

  /** Waits for a condition, or throws as soon as a call is refused. */
  @FunctionalInterface
  interface Awaiting {
    void until(String what, BooleanSupplier condition);
  }

  EveryAnswer(World world, Awaiting awaiting) {
    this.world = world;
    this.awaiting = awaiting;
  }

  void play() {
    try (Client bob = world.connectRoomlog("room=" + ROOM + "&client=k2&name=bob")) {
      ask(bob, "send", "\"data\":\"without an id\"");
      ask(bob, "send", "\"data\":\"with an id\",\"id\":\"m1\"");
      putTheLogAheadOfItsCounter();
      ask(bob, "send", "\"data\":\"behind the log\"");
      leaveAnOldHole();
      ask(bob, "history", "\"after\":0");
      leaveAnOldHole();
      ask(bob, "join", IN_ROOM + ",\"after\":0");
      joinMoreRoomsThanOneMay(bob);
      ask(bob, "sync", "\"rooms\":{\"" + ROOM + "\":0}");
      lackSomethingInsideOfABatch(bob);
      ask(bob, "leave", IN_ROOM);
      ban();
      ask(bob, "sync", "\"rooms\":{\"" + ROOM + "\":0}");
      int refused = Client.refusal(world.address("room=" + ROOM + "&name=bob"));
      awaiting.until("who is banned is refused", () -> refused == 403);
    }
  }

  private void ask(Client client, String action, String fields) {
    String ref = "every-" + ++asked;
    client.send("{\"action\":\"" + action + "\",\"ref\":\"" + ref + "\"," + fields + "}");
    awaiting.until(
        "an answer to " + action,
        () -> client.frames().stream().anyMatch(frame -> frame.contains("\"" + ref + "\"")));
  }

  private void putTheLogAheadOfItsCounter() {
    LogStore log = world.log();
    long head = log.counter(ROOM).head();
    for (long position = head + 1; position <= head + AHEAD; position++) {
      log.put(ROOM, new Entry.Voided(position, Instant.now()), Retention.forever());
    }
  }

  private void ban() {
    Instant now = Instant.now();
    var _ = world.bans().change(Optional.of(ROOM), now, bans -> bans.with("bob", now.plus(OLD)));
  }

  private void leaveAnOldHole() {
    world.log().claim(ROOM, 1, Instant.now().minus(OLD), Retention.forever());
  }

  /** One too many is joined and left again; and then nothing is joined, so that sync restores. */
  private void joinMoreRoomsThanOneMay(Client client) {
    Connection connection = world.connections(ROOM).getFirst();
    for (int i = 1; i < Connection.ROOMS_MAX; i++) {
      world.membership().join(new RoomName("room-" + i), connection);
    }
    ask(client, "join", "\"room\":\"one-too-many\"");
    world.membership().leaveAll(connection.id());
  }

  /** The stream may cut a batch between any two entries, so it is tried until it does not. */
  private void lackSomethingInsideOfABatch(Client client) {
    awaiting.until(
        "a frame with a gap in it",
        () -> {
          long head = world.log().claim(ROOM, 3, Instant.now(), Retention.forever()).last();
          world.log().put(ROOM, new Entry.Voided(head - 2, Instant.now()), Retention.forever());
          world.log().put(ROOM, new Entry.Voided(head, Instant.now()), Retention.forever());
          return client.frames().stream().anyMatch(EveryAnswer::hasAGap);
        });
  }

  private static boolean hasAGap(String frame) {
    JsonNode json = Json.parse(frame).orElseThrow();
    long span = json.path("to").longValue() - json.path("from").longValue() + 1;
    return json.path("type").asText().equals("messages") && span > json.path("messages").size();
  }
}
