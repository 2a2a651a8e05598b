package io.roomlog.core.log;

import io.roomlog.core.RoomName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Remembers where a message with a client's id stands.
 *
 * @param key whose id it is
 * @param position where the message stands
 * @param at the entry's {@code at}
 * @param expiresAt until when it counts, in whole seconds; one past its time counts as absent,
 *     stored or not
 */
public record Marker(Key key, long position, Instant at, Instant expiresAt) {

  /** How long an id is remembered, at least. */
  public static final Duration LIFE = Duration.ofHours(24);

  /**
   * What an id is unique within.
   *
   * @param room the room
   * @param scope the author's scope
   * @param id the client's id
   */
  public record Key(RoomName room, String scope, String id) {

    /**
     * The key as it is stored. Neither a room's name nor an id can hold a {@code #}, so the three
     * parts cannot run into each other, whatever the scope holds.
     */
    public String stored() {
      return room + "#" + id + "#" + scope;
    }
  }

  /** When the id of a message of that time is forgotten: at a whole second, as it is stored. */
  static Instant end(Instant at) {
    Instant end = at.plus(LIFE);
    Instant second = end.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(end) ? second : second.plusSeconds(1);
  }

  /** Whether it still counts. */
  public boolean countsAt(Instant now) {
    return now.isBefore(expiresAt);
  }
}
