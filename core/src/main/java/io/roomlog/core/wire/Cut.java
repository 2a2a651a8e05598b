package io.roomlog.core.wire;

import io.roomlog.core.log.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Entries that fit into one frame, with their JSON. Pushes and pages are cut alike, so that what
 * travels as one frame can be asked for as one page.
 *
 * <p>The limit leaves room below the 32 KB of a gateway's frame, which is also what it bills as one
 * message
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html,
 * aws.amazon.com/api-gateway/pricing).
 *
 * @param entries in the order of their positions, at least one unless there was none to cut
 * @param messages their JSON, an array
 */
public record Cut(List<Entry> entries, String messages) {

  /** A frame at most, in bytes of UTF-8. */
  public static final int FRAME_BYTES_MAX = 30_720;

  /** What stands around the entries of a frame, at most: the type, a ref, a room, the figures. */
  static final int ENVELOPE_BYTES_MAX = 1_024;

  /** The entries of a frame with their commas at most. The largest single entry is smaller. */
  static final int ENTRIES_BYTES_MAX = FRAME_BYTES_MAX - ENVELOPE_BYTES_MAX;

  /** Copies what is given. */
  public Cut {
    entries = List.copyOf(entries);
  }

  /** The first entries of a list, as many as fit; at least one of what there is. */
  public static Cut first(List<Entry> entries) {
    return cut(entries, false);
  }

  /** The last entries of a list, as many as fit, in the list's order. */
  public static Cut last(List<Entry> entries) {
    return cut(entries.reversed(), true);
  }

  /** All entries of a list, in as many cuts as that needs. */
  public static List<Cut> all(List<Entry> entries) {
    List<Cut> cuts = new ArrayList<>();
    for (int done = 0; done < entries.size(); done += cuts.getLast().entries().size()) {
      cuts.add(first(entries.subList(done, entries.size())));
    }
    return cuts;
  }

  private static Cut cut(List<Entry> entries, boolean backwards) {
    List<String> texts = new ArrayList<>();
    int bytes = 0;
    for (Entry entry : entries) {
      String text = EntryJson.of(entry);
      bytes += Json.bytes(text) + 1;
      if (bytes > ENTRIES_BYTES_MAX && !texts.isEmpty()) {
        break;
      }
      texts.add(text);
    }
    List<Entry> taken = entries.subList(0, texts.size());
    if (backwards) {
      Collections.reverse(texts);
      taken = taken.reversed();
    }
    return new Cut(taken, "[" + String.join(",", texts) + "]");
  }
}
