package io.roomlog.tests.policy;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Retention;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Shards;
import io.roomlog.local.gateway.Fault;
import io.roomlog.local.gateway.Faults;
import io.roomlog.local.queues.OutgoingMessage;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.ExpiredRows;
import io.roomlog.tests.world.World;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** A small chat in which each function makes every call that it ever makes. */
final class EveryCall {

  private static final RoomName ROOM = new RoomName("calls");

  /** Positions lost in a row after which an append looks for the log's last entry. */
  private static final int AHEAD = 3;

  /** A gateway that does not tell when the connection of {@code gone} ends. */
  static final class Untold implements Faults {
    private volatile String connectionId = "";

    @Override
    public Optional<Fault> onPost(String to) {
      return Optional.empty();
    }

    @Override
    public boolean onDisconnect(String from) {
      return from.equals(connectionId);
    }
  }

  private final World world;
  private final Untold untold;
  private final Refusals refusals;

  /** In a world whose gateway has these faults. */
  EveryCall(World world, Untold untold, Refusals refusals) {
    this.world = world;
    this.untold = untold;
    this.refusals = refusals;
  }

  /**
   * Plays it to its end.
   *
   * @throws RefusedCall as soon as a call is refused
   */
  void play() {
    try (Client ann = connect("ann")) {
      ann.say("without an id");
      awaitFrames(ann, 1);
      ann.send("{\"action\":\"sendmessage\",\"data\":\"with an id\",\"id\":\"m1\"}");
      awaitFrames(ann, 2);
      putTheLogAheadOfItsCounter();
      ann.say("behind the log");
      awaitFrames(ann, 3);
      loseOne();
      ann.say("who is there?");
      awaitFrames(ann, 4);
      await("the lost connection's row goes", () -> world.members(ROOM).size() == 1);
    }
    await("who closed has left", () -> world.items("ConnectionsTable") == 0);
    playInACrowd();
    new EverySystemSend(world, this::await).play();
    new EveryAnswer(world, this::await).play();
    await("who asked has left", () -> world.items("ConnectionsTable") == 0);
  }

  /** The same room, with one row more than a room may have to be pushed to by the stream's own. */
  private void playInACrowd() {
    ExpiredRows rows = world.expiredRows(ROOM, Shards.ROWS_MAX);
    try (Client ann = connect("ann")) {
      rows.put();
      ann.say("to a crowd");
      awaitFrames(ann, 1);
      loseOne();
      ann.say("who is in the crowd?");
      awaitFrames(ann, 2);
      await("the lost connection's row goes", () -> world.members(ROOM).size() == 1);
    }
    rows.delete();
    failInACrowd();
    await("who closed has left", () -> world.items("ConnectionsTable") == 0);
  }

  /** What cannot be read fails, and is to come again. */
  private void failInACrowd() {
    int ended = world.ended("CrowdFunction");
    world
        .run()
        .queues()
        .queue("CrowdRanges")
        .send(OutgoingMessage.of("no range", ROOM.value(), "no-range"));
    await("the function of big rooms has failed", () -> world.ended("CrowdFunction") > ended);
  }

  private Client connect(String name) {
    try {
      return world.connect("room=" + ROOM + "&client=k1&name=" + name);
    } catch (CompletionException e) {
      throwIfRefused();
      throw e;
    }
  }

  private void putTheLogAheadOfItsCounter() {
    LogStore log = world.log();
    long head = log.counter(ROOM).head();
    for (long position = head + 1; position <= head + AHEAD; position++) {
      log.put(ROOM, new Entry.Voided(position, Instant.now()), Retention.forever());
    }
  }

  private void loseOne() {
    Client gone = connect("gone");
    Connection connection =
        world.connections(ROOM).stream()
            .filter(each -> each.name().equals("gone"))
            .findFirst()
            .orElseThrow();
    world.age(ROOM, connection);
    untold.connectionId = connection.id();
    gone.cut();
    await("the gateway knows that it is cut", () -> world.run().connections() == 1);
  }

  private void awaitFrames(Client client, int count) {
    await(count + " frames", () -> client.count() >= count);
  }

  private void await(String what, BooleanSupplier condition) {
    Await.until(what, () -> !refusals.calls().isEmpty() || condition.getAsBoolean());
    throwIfRefused();
  }

  private void throwIfRefused() {
    refusals.calls().stream()
        .findFirst()
        .ifPresent(
            refused -> {
              throw refused;
            });
  }
}
