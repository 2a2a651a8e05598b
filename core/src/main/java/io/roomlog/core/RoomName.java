package io.roomlog.core;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a room: 1–128 characters of {@code A-Z a-z 0-9 . _ : -}.
 *
 * <p>None of them needs escaping in a key, a URL or a log line, and {@code #}, which separates the
 * parts of a key, is not among them.
 *
 * @param value the name
 */
public record RoomName(String value) implements Comparable<RoomName> {

  /** The longest name, in characters. */
  public static final int LENGTH_MAX = 128;

  /** What a name is made of, for messages to whoever got it wrong. */
  public static final String FORM = "1-128 characters of A-Z a-z 0-9 . _ : -";

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._:-]{1," + LENGTH_MAX + "}");

  /**
   * Takes a name that is known to be valid.
   *
   * @throws IllegalArgumentException if it is not
   */
  public RoomName {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException("a room's name is " + FORM);
    }
  }

  /** The room of that name, or empty if no room can have it. */
  public static Optional<RoomName> of(String value) {
    return VALID.matcher(value).matches() ? Optional.of(new RoomName(value)) : Optional.empty();
  }

  @Override
  public int compareTo(RoomName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
