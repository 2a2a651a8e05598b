package io.roomlog.tests.components;

import io.roomlog.tests.client.Output;
import io.roomlog.tests.client.RoomlogClient;
import io.roomlog.tests.client.SocketClient;
import io.roomlog.tests.world.World;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** A reference client in a room, and what it was told. Messages are known by their numbers. */
final class Guest implements AutoCloseable {

  private static final int COMPLAINTS_MAX = 10;

  private final String room;
  private final SocketClient socket;
  private final List<Integer> order = new ArrayList<>();
  private final List<Long> heardAt = new ArrayList<>();
  private final BitSet heard = new BitSet();
  private final BitSet acknowledged = new BitSet();
  private final List<String> complaints = new ArrayList<>();
  private long position;

  Guest(World world, String room, String name, long seed) {
    this.room = room;
    RoomlogClient client = new RoomlogClient(new Random(seed));
    client.follow(room, 0);
    this.socket =
        SocketClient.start(
            world.address("room=%s&name=%s&client=%s".formatted(room, name, name)),
            client,
            InstantSource.system(),
            this::told);
  }

  String room() {
    return room;
  }

  /** Says a message. */
  void say(int number) {
    socket.send(room, "m" + number, "text " + number);
  }

  /** Loses its connection, and connects again. */
  void cut() {
    socket.cut();
  }

  private synchronized void told(Output output) {
    switch (output) {
      case Output.Received(_, long at, var entry) -> {
        if (at != position + 1) {
          complain("got position %d after %d".formatted(at, position));
        }
        position = at;
        if (entry.has("id")) {
          heard(number(entry.path("id").textValue()));
        }
      }
      case Output.Stored(_, String id, _, _) -> acknowledged.set(number(id));
      case Output.Refused _, Output.Skipped _ -> complain(output.toString());
      case Output.Connect(), Output.Disconnect(), Output.Send(_) -> {}
    }
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  private void heard(int number) {
    if (heard.get(number)) {
      complain("got m%d twice".formatted(number));
    }
    heard.set(number);
    order.add(number);
    heardAt.add(System.nanoTime());
  }

  private void complain(String what) {
    if (complaints.size() < COMPLAINTS_MAX) {
      complaints.add("somebody in the " + room + " " + what);
    }
  }

  /** The numbers of the messages that it has heard. */
  synchronized BitSet heard() {
    return (BitSet) heard.clone();
  }

  /** The numbers of its own messages that are acknowledged. */
  synchronized BitSet acknowledged() {
    return (BitSet) acknowledged.clone();
  }

  /** The messages that it has heard, in the order in which they came. */
  synchronized List<Integer> order() {
    return List.copyOf(order);
  }

  /** When each of {@link #order} came, by {@link System#nanoTime}. */
  synchronized List<Long> heardAt() {
    return List.copyOf(heardAt);
  }

  /** What was wrong with what it was told, the first of it. */
  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    socket.close();
  }
}
