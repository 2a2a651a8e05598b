package io.roomlog.bench;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.RangeJson;
import java.util.List;
import java.util.Map;

/** Messages of the queue of big rooms as Lambda hands them over. */
public final class Ranges {

  /** Messages of a FIFO queue in one batch, at most, and the template's BatchSize. */
  public static final int BATCH_MAX = 10;

  private Ranges() {}

  /** A batch. */
  public static SQSEvent event(List<SQSMessage> messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  /** A range's message; the group is the room. */
  public static SQSMessage message(long number, Range range) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("m" + number);
    message.setBody(RangeJson.write(range));
    message.setAttributes(Map.of("MessageGroupId", range.room().value()));
    return message;
  }
}
