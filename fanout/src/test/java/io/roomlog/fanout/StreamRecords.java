package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stream records as Lambda hands them over. */
final class StreamRecords {

  private StreamRecords() {}

  static DynamodbEvent event(DynamodbStreamRecord... records) {
    DynamodbEvent event = new DynamodbEvent();
    event.setRecords(Arrays.asList(records));
    return event;
  }

  static DynamodbStreamRecord message(
      long sequenceNumber, String room, long position, Instant at, String text) {
    Map<String, AttributeValue> image = new HashMap<>(common(room, position, at, "message"));
    image.put("nonce", new AttributeValue("n" + position));
    image.put("sender", new AttributeValue("ann"));
    image.put("name", new AttributeValue("Ann"));
    image.put("data", new AttributeValue("\"" + text + "\""));
    return recordOf(sequenceNumber, image);
  }

  static DynamodbStreamRecord voided(long sequenceNumber, String room, long position, Instant at) {
    return recordOf(sequenceNumber, common(room, position, at, "void"));
  }

  static DynamodbStreamRecord unreadable(long sequenceNumber) {
    return recordOf(
        sequenceNumber,
        Map.of("v", new AttributeValue().withN("99"), "room", new AttributeValue("lobby")));
  }

  private static Map<String, AttributeValue> common(
      String room, long position, Instant at, String type) {
    return Map.of(
        "room", new AttributeValue(room),
        "position", new AttributeValue().withN(Long.toString(position)),
        "v", new AttributeValue().withN("1"),
        "type", new AttributeValue(type),
        "at", new AttributeValue().withN(Long.toString(at.toEpochMilli())));
  }

  static DynamodbStreamRecord recordOf(
      long sequenceNumber, @Nullable Map<String, AttributeValue> image) {
    DynamodbStreamRecord record = new DynamodbStreamRecord();
    record.setEventName("INSERT");
    record.setDynamodb(
        new StreamRecord().withSequenceNumber(Long.toString(sequenceNumber)).withNewImage(image));
    return record;
  }
}
