package io.roomlog.fanout;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.wire.Cut;
import io.roomlog.core.wire.PlainFrame;
import io.roomlog.core.wire.PushFrame;
import io.roomlog.fanout.posts.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The frames that carry a room's new entries: built once, whoever and however many get them.
 *
 * @param plain one frame a message
 * @param roomlog as many entries to a frame as fit
 */
record Frames(List<Frame> plain, List<Frame> roomlog) {

  /**
   * Plain connections cannot tell a late message from a new one, so what waited longer than this,
   * in a stream that stood still, is left to those who read the log.
   */
  static final Duration PLAIN_AGE_MAX = Duration.ofSeconds(60);

  /** One frame for each new message; voids are nothing to plain connections. */
  static List<Frame> plain(List<Entry> entries, Instant now) {
    return entries.stream()
        .filter(entry -> !entry.at().isBefore(now.minus(PLAIN_AGE_MAX)))
        .<Frame>mapMulti(
            (entry, frames) -> {
              if (entry instanceof Entry.Message message) {
                frames.accept(Frame.of(PlainFrame.of(message.data())));
              }
            })
        .toList();
  }

  /** All entries, voids too: a position that is not told of would be a gap. */
  static List<Frame> roomlog(RoomName room, List<Entry> entries) {
    return Cut.all(entries).stream().map(cut -> Frame.of(PushFrame.of(room, cut))).toList();
  }

  /** What a connection of that dialect gets, in order. */
  List<Frame> of(Dialect dialect) {
    return switch (dialect) {
      case PLAIN -> plain;
      case ROOMLOG -> roomlog;
    };
  }
}
