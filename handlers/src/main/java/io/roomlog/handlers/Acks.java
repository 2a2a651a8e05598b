package io.roomlog.handlers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.Receipt;
import java.util.List;

/** The answer to whoever has sent: where the messages stand, in the order of the messages. */
final class Acks {

  private Acks() {}

  static ObjectNode answer(
      Fields fields, RoomName room, List<Draft> drafts, List<Receipt> receipts) {
    ObjectNode answer = fields.answer("ack").put("room", room.value());
    ArrayNode acks = answer.putArray("acks");
    for (int i = 0; i < drafts.size(); i++) {
      ack(acks.addObject(), drafts.get(i), receipts.get(i));
    }
    return answer;
  }

  private static void ack(ObjectNode ack, Draft draft, Receipt receipt) {
    if (draft.id() != null) {
      ack.put("id", draft.id());
    }
    ack.put("position", receipt.position())
        .put("at", receipt.at().toEpochMilli())
        .put("duplicate", receipt instanceof Receipt.Repeated);
  }
}
