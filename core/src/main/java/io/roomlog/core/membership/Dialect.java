package io.roomlog.core.membership;

import java.util.Optional;

/** How messages reach a connection. */
public enum Dialect {
  /** One text frame a message, whose whole payload is the data. */
  PLAIN("plain", 'p'),
  /** Frames of entries with their positions, as many entries to a frame as fit. */
  ROOMLOG("roomlog.v1", 'r');

  private final String stored;
  private final char letter;

  Dialect(String stored, char letter) {
    this.stored = stored;
    this.letter = letter;
  }

  /** The name that is stored; renaming the constant changes nothing on disk. */
  public String stored() {
    return stored;
  }

  /** The name where every byte counts: in a membership's row, which every push reads. */
  public char letter() {
    return letter;
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

  /** The dialect of a letter, or empty if this version does not know it. */
  public static Optional<Dialect> ofLetter(String letter) {
    for (Dialect dialect : values()) {
      if (letter.equals(Character.toString(dialect.letter))) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }
}
