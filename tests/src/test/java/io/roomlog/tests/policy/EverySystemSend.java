package io.roomlog.tests.policy;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Retention;
import io.roomlog.tests.world.World;
import java.time.Instant;

/** A back end for which its function makes every call that it ever makes. */
final class EverySystemSend {

  private static final RoomName ROOM = new RoomName("back-end");

  /** Positions lost in a row after which an append looks for the log's last entry. */
  private static final int AHEAD = 3;

  private final World world;
  private final EveryAnswer.Awaiting awaiting;

  EverySystemSend(World world, EveryAnswer.Awaiting awaiting) {
    this.world = world;
    this.awaiting = awaiting;
  }

  void play() {
    send("\"data\":\"without an id\"");
    send("\"data\":\"with an id\",\"id\":\"m1\"");
    LogStore log = world.log();
    long head = log.counter(ROOM).head();
    for (long position = head + 1; position <= head + AHEAD; position++) {
      log.put(ROOM, new Entry.Voided(position, Instant.now()), Retention.forever());
    }
    send("\"data\":\"behind the log\"");
  }

  private void send(String fields) {
    try {
      String event = "{\"room\":\"" + ROOM + "\"," + fields + "}";
      world.run().functions().invoke("SystemSendFunction", event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending", e);
    }
    awaiting.until("it is answered", () -> true);
  }
}
