package io.roomlog.handlers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Page;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.wire.Cut;

/** Reads pages of the log and writes them into answers, cut to what a frame holds. */
final class Pages {

  private final RoomLog rooms;
  private final FrameFill fill = new FrameFill();

  Pages(RoomLog rooms) {
    this.rooms = rooms;
  }

  /** The two ends of the log, and no entries. */
  void ends(ObjectNode answer, RoomName room, String sender) {
    ends(answer, open(rooms.ends(room), sender));
  }

  private static void ends(ObjectNode answer, Page page) {
    answer.put("head", page.head()).put("first", page.first());
  }

  /**
   * Reads forward; the page is cut at its new end.
   *
   * @return what was read, before the cut
   */
  Page after(ObjectNode answer, RoomName room, String sender, long after, int limit) {
    Page page = open(rooms.after(room, after, fill.entries(room, limit)), sender);
    Cut cut = Cut.first(page.entries());
    boolean whole = cut.entries().size() == page.entries().size();
    ends(answer, page);
    put(answer, cut, page.from(), page.from() + cut.entries().size() - 1);
    answer.put("more", page.more() || !whole).put("pending", page.pending() && whole);
    fill.note(room, cut);
    return page;
  }

  /** Reads backward from before a position; the page is cut at its old end. */
  void before(ObjectNode answer, RoomName room, String sender, long before, int limit) {
    backward(answer, room, open(rooms.before(room, before, fill.entries(room, limit)), sender));
  }

  /** Reads backward from the head; the page is cut at its old end. */
  void latest(ObjectNode answer, RoomName room, String sender, int limit) {
    backward(answer, room, open(rooms.latest(room, fill.entries(room, limit)), sender));
  }

  /** A page that the sender may read; its bans came with the head, at no cost. */
  private static Page open(Page page, String sender) {
    Banned.refuse(page.bans(), sender);
    return page;
  }

  private void backward(ObjectNode answer, RoomName room, Page page) {
    Cut cut = Cut.last(page.entries());
    boolean whole = cut.entries().size() == page.entries().size();
    ends(answer, page);
    put(answer, cut, page.to() - cut.entries().size() + 1, page.to());
    answer.put("more", page.more() || !whole).put("pending", page.pending());
    fill.note(room, cut);
  }

  private static void put(ObjectNode answer, Cut cut, long from, long to) {
    answer.put("from", from).put("to", to).putRawValue("messages", new RawValue(cut.messages()));
  }
}
