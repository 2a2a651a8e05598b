package io.roomlog.bench;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stream records as Lambda hands them over. */
public final class StreamRecords {

  private StreamRecords() {}

  /** A batch. */
  public static DynamodbEvent event(List<DynamodbStreamRecord> records) {
    DynamodbEvent event = new DynamodbEvent();
    event.setRecords(records);
    return event;
  }

  /**
   * The record of a message that was stored.
   *
   * @param sequenceNumber rises within a shard of the stream
   */
  public static DynamodbStreamRecord message(
      long sequenceNumber, RoomName room, Entry.Message message) {
    Map<String, AttributeValue> image =
        new HashMap<>(
            Map.of(
                "room", new AttributeValue(room.value()),
                "position", number(message.position()),
                "v", number(1),
                "type", new AttributeValue("message"),
                "at", number(message.at().toEpochMilli()),
                "nonce", new AttributeValue(message.nonce()),
                "sender", new AttributeValue(message.sender()),
                "name", new AttributeValue(message.name()),
                "data", new AttributeValue(message.data())));
    if (message.id() != null) {
      image.put("id", new AttributeValue(message.id()));
    }
    DynamodbStreamRecord record = new DynamodbStreamRecord();
    record.setEventName("INSERT");
    record.setDynamodb(
        new StreamRecord().withSequenceNumber(Long.toString(sequenceNumber)).withNewImage(image));
    return record;
  }

  private static AttributeValue number(long value) {
    return new AttributeValue().withN(Long.toString(value));
  }
}
