package io.roomlog.tests.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.roomlog.core.testing.VirtualTime;
import io.roomlog.tests.client.Output;
import io.roomlog.tests.client.RoomlogClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine with the reference client on it, that dials again whenever its connection is lost. */
final class Device {

  /** How the ids of messages begin that are sent with an id, and of those that are not. */
  static final String ACKNOWLEDGED = "m";

  static final String FORGOTTEN = "f";

  private static final char END_OF_ID = '|';

  private final String name;
  private final List<String> rooms;
  private final boolean fromTheBeginning;
  private final VirtualTime time;
  private final Gateway gateway;
  private final Witness witness;
  private final RoomlogClient client;
  private @Nullable Line line;
  private boolean asleep;
  private boolean dialsOnWaking;
  private Instant alarmAt = Instant.MAX;

  Device(
      String name,
      List<String> rooms,
      boolean fromTheBeginning,
      VirtualTime time,
      Gateway gateway,
      Witness witness,
      RoomlogClient client) {
    this.name = name;
    this.rooms = rooms;
    this.fromTheBeginning = fromTheBeginning;
    this.time = time;
    this.gateway = gateway;
    this.witness = witness;
    this.client = client;
    for (String room : rooms) {
      if (fromTheBeginning) {
        client.follow(room, 0);
      } else {
        client.follow(room);
      }
    }
  }

  String name() {
    return name;
  }

  List<String> rooms() {
    return rooms;
  }

  boolean follows(String room) {
    return rooms.contains(room);
  }

  boolean readsFromTheBeginning() {
    return fromTheBeginning;
  }

  /** Switched on, if its user has not said something before. */
  void start() {
    perform(client.tick(time.instant()));
  }

  /** Its user says something. */
  void say(String room, String id, String text) {
    TextNode data = data(id, text);
    witness.sent(room, id, data.toString());
    perform(client.send(room, id, data, time.instant()));
  }

  /** Its user says something in the way of old clients: without an id, and once. */
  void sayAndForget(String room, String id, String text) {
    if (line != null) {
      TextNode data = data(id, text);
      witness.sent(room, id, data.toString());
      gateway.up(
          line,
          JsonNodeFactory.instance
              .objectNode()
              .put("action", "sendmessage")
              .put("room", room)
              .set("data", data)
              .toString());
    }
  }

  private static TextNode data(String id, String text) {
    return TextNode.valueOf(id + END_OF_ID + text);
  }

  /** The id that a message's data, as JSON, begins with; also of those sent without one. */
  static String idIn(String data) {
    int end = data.indexOf(END_OF_ID);
    return end < 0 ? data : data.substring(1, end);
  }

  /** A message that waits must not wait so long that its id is forgotten. */
  boolean maySleep() {
    return !asleep && client.hasSentAll();
  }

  /** Is shut for some time. */
  void sleep(Duration howLong) {
    asleep = true;
    hangUp();
    perform(client.disconnected(time.instant()));
    time.after(howLong, this::wake);
  }

  private void wake() {
    asleep = false;
    if (dialsOnWaking) {
      dialsOnWaking = false;
      dial();
    }
    perform(client.tick(time.instant()));
  }

  void connected(Line connected) {
    if (connected == line) {
      perform(client.connected(time.instant()));
    }
  }

  void lost(Line lost) {
    if (lost == line) {
      line = null;
      perform(client.disconnected(time.instant()));
    }
  }

  void frame(Line from, String frame) {
    if (from == line) {
      perform(client.frame(frame, time.instant()));
    }
  }

  private void perform(List<Output> outputs) {
    for (Output output : outputs) {
      switch (output) {
        case Output.Connect() -> dial();
        case Output.Disconnect() -> hangUp();
        case Output.Send(String frame) -> up(frame);
        case Output.Received(String room, long position, var entry) ->
            witness.received(name, room, position, entry);
        case Output.Stored(String room, String id, long position, _) ->
            witness.acknowledged(name, room, id, position);
        case Output.Skipped(String room, long from, long to) ->
            witness.skipped(name, room, from, to);
        case Output.Refused refused -> witness.violation(name + " was refused " + refused);
      }
    }
    setAlarm();
  }

  private void dial() {
    if (asleep) {
      dialsOnWaking = true;
    } else {
      line = gateway.dial(this);
    }
  }

  private void up(String frame) {
    if (line != null) {
      gateway.up(line, frame);
    }
  }

  /** The other side is told, if anything passes. */
  private void hangUp() {
    Line old = line;
    line = null;
    if (old != null && !old.hasVanished()) {
      time.after(Duration.ofMillis(30), () -> gateway.close(old));
    }
  }

  private void setAlarm() {
    if (asleep) {
      return;
    }
    Instant wakeAt = client.wakeAt();
    if (wakeAt.isBefore(alarmAt)) {
      alarmAt = wakeAt;
      Duration wait = Duration.between(time.instant(), wakeAt);
      time.after(wait.isNegative() ? Duration.ZERO : wait, () -> alarm(wakeAt));
    }
  }

  private void alarm(Instant setFor) {
    if (setFor.equals(alarmAt)) {
      alarmAt = Instant.MAX;
      if (!asleep) {
        perform(client.tick(time.instant()));
      }
    }
  }
}
