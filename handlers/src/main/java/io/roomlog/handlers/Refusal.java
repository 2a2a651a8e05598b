package io.roomlog.handlers;

/**
 * Input that is not taken, and nothing changed by it.
 *
 * @param code which rule
 * @param message names the field, its size or form, and the limit; never the value itself
 */
record Refusal(ErrorCode code, String message) implements ConnectRequest {}
