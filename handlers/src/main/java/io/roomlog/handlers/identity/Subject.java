package io.roomlog.handlers.identity;

import java.time.Instant;

/**
 * Whom a genuine token names.
 *
 * @param sender stamped on every entry
 * @param name the display name
 * @param rights what may be done in which rooms
 * @param moderator whether messages of others may be deleted
 * @param end from when on the token does not count
 */
public record Subject(String sender, String name, Rights rights, boolean moderator, Instant end) {}
