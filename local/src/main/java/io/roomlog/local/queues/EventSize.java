package io.roomlog.local.queues;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How large the event of a batch is, and how to keep it within what an invocation takes. */
final class EventSize {
  /** The payload quota of a synchronous invocation, 6 MB. */
  static final int BYTES_MAX = 6 * 1024 * 1024;

  private static final int SEPARATOR_BYTES = ",".length();

  private EventSize() {}

  /** The bytes of a batch's event. */
  static int of(List<ReceivedMessage> batch, String queueArn) {
    return MessageJson.event(batch, queueArn).getBytes(StandardCharsets.UTF_8).length;
  }

  /** Splits messages into batches that an invocation takes, in order; one message always fits. */
  static List<List<ReceivedMessage>> split(List<ReceivedMessage> messages, String queueArn) {
    int envelope = of(List.of(), queueArn);
    var batches = new ArrayList<List<ReceivedMessage>>();
    var batch = new ArrayList<ReceivedMessage>();
    int bytes = envelope;
    for (var message : messages) {
      int more = of(List.of(message), queueArn) - envelope + SEPARATOR_BYTES;
      if (!batch.isEmpty() && bytes + more - SEPARATOR_BYTES > BYTES_MAX) {
        batches.add(List.copyOf(batch));
        batch.clear();
        bytes = envelope;
      }
      batch.add(message);
      bytes += more;
    }
    batches.add(List.copyOf(batch));
    return batches;
  }
}
