package io.roomlog.core.log;

/**
 * Who appends. The server knows this from the connection; nothing in a frame can set it.
 *
 * @param scope within which a client's message ids are unique
 * @param sender stamped on every entry
 * @param name the display name
 */
public record Author(String scope, String sender, String name) {}
