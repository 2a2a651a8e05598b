package io.roomlog.handlers;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.Receipt;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.handlers.identity.Identity;
import io.roomlog.handlers.identity.Verb;
import io.roomlog.handlers.rate.SendRate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What the routes that send have in common: who may, how fast, and what is appended to. */
final class Sending {

  private final RoomLog rooms;
  private final Metrics metrics;
  private final SendLimit limit;
  private final InstantSource clock;

  private Sending(RoomLog rooms, Metrics metrics, SendRate rate, InstantSource clock) {
    this.rooms = rooms;
    this.metrics = metrics;
    this.limit = new SendLimit(rate);
    this.clock = clock;
  }

  /** As the function's variables have it. */
  static Sending of(Map<String, String> environment) {
    Metrics metrics = Wiring.metrics(environment);
    return new Sending(
        Wiring.roomLog(environment, metrics),
        metrics,
        Wiring.sendRate(environment),
        InstantSource.system());
  }

  /** On a log that nobody measures. */
  static Sending unmeasured(RoomLog rooms, SendRate rate, InstantSource clock) {
    return new Sending(rooms, Metrics.none(), rate, clock);
  }

  Metrics metrics() {
    return metrics;
  }

  /**
   * The room that a frame is for.
   *
   * @throws Refused if its sender may not send there
   */
  RoomName room(Identity identity, Fields fields) {
    RoomName room = fields.room(identity.firstRoom());
    Access.require(identity, room, Verb.SEND, clock.instant());
    return room;
  }

  /**
   * Appends them.
   *
   * @throws Refused if the connection sends faster than it may
   */
  List<Receipt> append(String connectionId, Identity identity, RoomName room, List<Draft> drafts)
      throws InterruptedException {
    limit.count(connectionId, drafts.size());
    return rooms.append(room, identity.author(), drafts);
  }
}
