package io.roomlog.operate;

import io.roomlog.core.Pause;
import io.roomlog.core.RoomName;
import io.roomlog.core.dynamo.DynamoLogStore;
import io.roomlog.core.log.RoomLog;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The logs of a site, as commands go through them. */
final class Logs {

  private Logs() {}

  static DynamoLogStore store(Site site) {
    return new DynamoLogStore(
        site.dynamo(),
        site.name("RoomsTable"),
        site.name("MessagesTable"),
        site.name("SendsTable"));
  }

  static LogWalk walk(DynamoLogStore store, RoomName room) {
    SecureRandom random = new SecureRandom();
    RoomLog log = new RoomLog(store, InstantSource.system(), random, Pause.real());
    return new LogWalk(log, room, Pause.real(), random);
  }
}
