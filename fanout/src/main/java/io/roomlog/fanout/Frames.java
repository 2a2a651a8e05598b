package io.roomlog.fanout;

import io.roomlog.core.log.Entry;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.wire.PlainFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The frames that carry a room's new entries: built once, whoever and however many get them.
 *
 * @param plain one frame a message
 */
record Frames(List<ByteBuffer> plain) {

  /**
   * Plain connections cannot tell a late message from a new one, so what waited longer than this,
   * in a stream that stood still, is left to those who read the log.
   */
  static final Duration PLAIN_AGE_MAX = Duration.ofSeconds(60);

  static Frames of(List<Entry> entries, Instant now) {
    return new Frames(
        entries.stream()
            .filter(entry -> !entry.at().isBefore(now.minus(PLAIN_AGE_MAX)))
            .<ByteBuffer>mapMulti(
                (entry, frames) -> {
                  if (entry instanceof Entry.Message message) {
                    frames.accept(utf8(PlainFrame.of(message.data())));
                  }
                })
            .toList());
  }

  /** Whether there is nothing to push, to whomever. */
  boolean isEmpty() {
    return plain.isEmpty();
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
  }

  /** What a connection of that dialect gets, in order. */
  List<ByteBuffer> of(Dialect dialect) {
    return switch (dialect) {
      case PLAIN -> plain;
    };
  }
}
