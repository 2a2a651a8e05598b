package io.roomlog.local.stream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One record of a stream, as a function gets it.
 *
 * @param sequenceNumber where it stands in its shard
 * @param createdAt when the change was made, as precisely as the stream says ({@link
 *     StreamSource#timestampPrecision()})
 * @param itemKey the changed item's key in one canonical form: equal for equal keys
 * @param json the record as it stands in the event's {@code Records}
 */
public record StreamRecord(
    SequenceNumber sequenceNumber, Instant createdAt, String itemKey, String json) {

  /** Its size in the event, in bytes. */
  int bytes() {
    return json.getBytes(StandardCharsets.UTF_8).length;
  }
}
