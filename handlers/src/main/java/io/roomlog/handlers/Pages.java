package io.roomlog.handlers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.roomlog.core.log.Page;
import io.roomlog.core.wire.Cut;

/** Writes pages of the log into answers, cut to what a frame holds. */
final class Pages {

  private Pages() {}

  /** What is known of the log's two ends. */
  static ObjectNode ends(ObjectNode answer, Page page) {
    return answer.put("head", page.head()).put("first", page.first());
  }

  /** A page that was read forward: cut at its new end. */
  static ObjectNode forward(ObjectNode answer, Page page) {
    Cut cut = Cut.first(page.entries());
    boolean whole = cut.entries().size() == page.entries().size();
    return entries(answer, cut, page.from(), page.from() + cut.entries().size() - 1)
        .put("more", page.more() || !whole)
        .put("pending", page.pending() && whole);
  }

  /** A page that was read backward: cut at its old end. */
  static ObjectNode backward(ObjectNode answer, Page page) {
    Cut cut = Cut.last(page.entries());
    boolean whole = cut.entries().size() == page.entries().size();
    return entries(answer, cut, page.to() - cut.entries().size() + 1, page.to())
        .put("more", page.more() || !whole)
        .put("pending", page.pending());
  }

  private static ObjectNode entries(ObjectNode answer, Cut cut, long from, long to) {
    return answer
        .put("from", from)
        .put("to", to)
        .putRawValue("messages", new RawValue(cut.messages()));
  }
}
