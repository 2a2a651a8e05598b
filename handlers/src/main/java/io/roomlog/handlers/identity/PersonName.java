package io.roomlog.handlers.identity;

import io.roomlog.core.wire.Json;
import java.util.Optional;

/** What a sender and a display name must be. */
public final class PersonName {

  /** The length at most, in bytes of UTF-8. */
  public static final int BYTES_MAX = 128;

  private PersonName() {}

  /**
   * What is wrong with a name, to be put behind the name of its field; empty if nothing is. The
   * name itself is no part of it.
   */
  public static Optional<String> fault(String name) {
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("is empty or has control characters");
    }
    if (!Json.isWellFormed(name)) {
      return Optional.of("has half a surrogate pair");
    }
    int bytes = Json.bytes(name);
    return bytes > BYTES_MAX
        ? Optional.of("is " + bytes + " bytes; the limit is " + BYTES_MAX)
        : Optional.empty();
  }
}
