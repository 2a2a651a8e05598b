package io.roomlog.core.dynamo;

import io.roomlog.core.RoomName;
import io.roomlog.core.push.PushCursor;
import io.roomlog.core.push.Pushed;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Remembers in the room's item what has been pushed: one small write a push of a large room, which
 * takes a tenth of a second at least, on an item that takes a thousand writes a second.
 */
public final class DynamoPushCursor implements PushCursor {

  /** Only a second push of the same room can be in the way, and that is a redelivery. */
  private static final int TRIES_MAX = 3;

  private final RoomCounters rooms;

  /**
   * A cursor on a deployment's table.
   *
   * @param dynamo the client; its timeouts and retries bound every call
   * @param rooms the name of the table of rooms
   */
  public DynamoPushCursor(DynamoDbClient dynamo, String rooms) {
    this.rooms = new RoomCounters(dynamo, rooms);
  }

  @Override
  public Pushed read(RoomName room) {
    return rooms.pushed(room);
  }

  @Override
  public void add(RoomName room, Pushed seen, Pushed more) {
    Pushed before = seen;
    for (int tries = 1; !rooms.replacePushed(room, before, before.and(more)); tries++) {
      if (tries == TRIES_MAX) {
        // Then it is pushed once more: better than to be told wrongly that it was.
        return;
      }
      before = rooms.pushed(room);
    }
  }
}
