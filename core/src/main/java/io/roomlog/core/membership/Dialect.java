package io.roomlog.core.membership;

import java.util.Optional;

/** How messages reach a connection. */
public enum Dialect {
  /** One text frame a message, whose whole payload is the data. */
  PLAIN("plain"),
  /** Frames of entries with their positions, as many entries to a frame as fit. */
  ROOMLOG("roomlog.v1");

  private final String stored;

  Dialect(String stored) {
    this.stored = stored;
  }

  /** The name that is stored; renaming the constant changes nothing on disk. */
  public String stored() {
    return stored;
  }

  /** The dialect of a stored name, or empty if this version does not know it. */
  public static Optional<Dialect> ofStored(String name) {
    for (Dialect dialect : values()) {
      if (dialect.stored.equals(name)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }
}
