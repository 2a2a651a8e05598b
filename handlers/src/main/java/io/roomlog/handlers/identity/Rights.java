package io.roomlog.handlers.identity;

import io.roomlog.core.RoomName;
import java.util.ArrayList;
import java.util.List;

/**
 * What a connection may do in which rooms. Whoever may send to a room may read it and be in it:
 * senders hear themselves, so a right to send alone would be none that can be used.
 */
public final class Rights {

  /** Everything in every room. */
  public static final Rights ALL = new Rights(List.of(new Grant(new RoomPattern("*"), false)));

  /**
   * The length at most of all rooms together as they are stored, in bytes. The authorizer's whole
   * answer may have 8 KB
   * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html).
   */
  public static final int STORED_BYTES_MAX = 4_096;

  /** Neither can stand in a room's name. */
  private static final String SEPARATOR = " ";

  private static final String READ_ONLY = "?";

  private final List<Grant> grants;

  /**
   * Rooms that one may use.
   *
   * @param rooms which
   * @param readOnly whether nothing may be sent to them
   */
  record Grant(RoomPattern rooms, boolean readOnly) {
    boolean allows(RoomName room, Verb verb) {
      return rooms.matches(room) && !(readOnly && verb == Verb.SEND);
    }

    private String stored() {
      return readOnly ? READ_ONLY + rooms.text() : rooms.text();
    }
  }

  Rights(List<Grant> grants) {
    this.grants = List.copyOf(grants);
  }

  /** Whether something may be done in a room. */
  public boolean allows(RoomName room, Verb verb) {
    return grants.stream().anyMatch(grant -> grant.allows(room, verb));
  }

  /** One text, since the authorizer's context takes no lists. */
  String stored() {
    return String.join(SEPARATOR, grants.stream().map(Grant::stored).toList());
  }

  /**
   * The rights of a text that {@link #stored} gave. An empty one is no right at all.
   *
   * @throws IllegalStateException if it is none: rights that cannot be read are not guessed
   */
  static Rights ofStored(String text) {
    List<Grant> grants = new ArrayList<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(SEPARATOR, -1)) {
      boolean readOnly = each.startsWith(READ_ONLY);
      RoomPattern rooms =
          RoomPattern.of(readOnly ? each.substring(READ_ONLY.length()) : each)
              .orElseThrow(() -> new IllegalStateException("the rights are malformed"));
      grants.add(new Grant(rooms, readOnly));
    }
    return new Rights(grants);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rights rights && rights.grants.equals(grants);
  }

  @Override
  public int hashCode() {
    return grants.hashCode();
  }

  @Override
  public String toString() {
    return stored();
  }
}
