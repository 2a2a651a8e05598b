package io.roomlog.tests.client;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a client wants done, and what it has to tell. */
public sealed interface Output {

  /** Open a connection, under the same {@code client} key as before. */
  record Connect() implements Output {}

  /** Close the connection: it is silent. The client takes it as closed already. */
  record Disconnect() implements Output {}

  /** Send a frame over the connection. */
  record Send(String frame) implements Output {}

  /**
   * An entry of a room, exactly once and in the order of the log. A void is one too.
   *
   * @param entry as it came, with its position
   */
  record Received(String room, long position, JsonNode entry) implements Output {}

  /** Entries that have expired before the client could read them. */
  record Skipped(String room, long from, long to) implements Output {}

  /** A message of the client's own is stored for good. */
  record Stored(String room, String id, long position, boolean duplicate) implements Output {}

  /**
   * The server refuses for good.
   *
   * @param id the message's, or null if it is the room that is refused
   * @param code why
   */
  record Refused(String room, @Nullable String id, String code) implements Output {}
}
