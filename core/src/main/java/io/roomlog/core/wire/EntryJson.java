package io.roomlog.core.wire;

import io.roomlog.core.log.Entry;
import java.time.Instant;

/** An entry as clients of {@code roomlog.v1} see it, in pushes, in pages and in exports alike. */
public final class EntryJson {

  private EntryJson() {}

  /** Its JSON, on one line. */
  public static String of(Entry entry) {
    return switch (entry) {
      case Entry.Voided(long position, _) -> "{\"position\":" + position + ",\"type\":\"void\"}";
      case Entry.Deleted(long position, Instant at, _) ->
          "{\"position\":%d,\"type\":\"deleted\",\"at\":%d}".formatted(position, at.toEpochMilli());
      case Entry.Message message -> of(message);
    };
  }

  private static String of(Entry.Message message) {
    StringBuilder json = new StringBuilder("{\"position\":").append(message.position());
    if (message.id() != null) {
      json.append(",\"id\":").append(Json.quoted(message.id()));
    }
    return json.append(",\"sender\":")
        .append(Json.quoted(message.sender()))
        .append(",\"name\":")
        .append(Json.quoted(message.name()))
        .append(",\"at\":")
        .append(message.at().toEpochMilli())
        // Stored as minimal JSON, so it goes in as it is.
        .append(",\"data\":")
        .append(message.data())
        .append('}')
        .toString();
  }
}
