package io.roomlog.handlers.identity;

import io.roomlog.core.RoomName;
import java.util.Optional;

/**
 * The rooms that a claim names: one by its name, or all whose name begins so ({@code team-*}).
 *
 * @param text a room's name, or the beginning of one with a {@code *} behind it; a {@code *} alone
 *     is every room
 */
record RoomPattern(String text) {

  private static final char REST = '*';

  /** The pattern of a text, or empty if it is none: no room's name could match it. */
  static Optional<RoomPattern> of(String text) {
    boolean isPrefix = !text.isEmpty() && text.charAt(text.length() - 1) == REST;
    String name = isPrefix ? text.substring(0, text.length() - 1) : text;
    return (isPrefix && name.isEmpty()) || RoomName.of(name).isPresent()
        ? Optional.of(new RoomPattern(text))
        : Optional.empty();
  }

  boolean matches(RoomName room) {
    return text.charAt(text.length() - 1) == REST
        ? room.value().startsWith(text.substring(0, text.length() - 1))
        : room.value().equals(text);
  }
}
