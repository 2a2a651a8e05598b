package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.amazonaws.services.lambda.runtime.events.transformers.v2.dynamodb.DynamodbAttributeValueTransformer;
import io.roomlog.core.RoomName;
import io.roomlog.core.dynamo.EntryItem;
import io.roomlog.core.dynamo.UnreadableItem;
import io.roomlog.core.log.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A batch of stream records, sorted out by room. DynamoDB Streams promise order per item only, and
 * every entry is an item of its own, so the order within a room is made here, from the positions.
 *
 * @param rooms what is new in each room
 * @param unreadable the sequence numbers of records that this version cannot read
 */
record Batch(List<RoomBatch> rooms, List<String> unreadable) {

  private static final Logger log = LoggerFactory.getLogger(Batch.class);

  /** 21 to 40 digits in DynamoDB's own description; how few there are matters to nobody. */
  private static final Pattern SEQUENCE_NUMBER = Pattern.compile("[0-9]{1,40}");

  /**
   * What is new in a room.
   *
   * @param room the room
   * @param entries in the order of their positions, each once
   * @param sequenceNumbers of all the room's records
   */
  record RoomBatch(RoomName room, List<Entry> entries, List<String> sequenceNumbers) {}

  /** Copies what is given. */
  Batch {
    rooms = List.copyOf(rooms);
    unreadable = List.copyOf(unreadable);
  }

  private static String sequenceNumber(DynamodbStreamRecord record) {
    StreamRecord change = record.getDynamodb();
    String number = change == null ? null : change.getSequenceNumber();
    return number != null && SEQUENCE_NUMBER.matcher(number).matches() ? number : "";
  }

  /** Empty if the record has none, as where the stream is of keys only. */
  private static Map<String, AttributeValue> image(StreamRecord change) {
    var image = change.getNewImage();
    return image == null
        ? Map.of()
        : DynamodbAttributeValueTransformer.toAttributeValueMapV2(image);
  }

  /**
   * Sorts records out.
   *
   * @param records as Lambda hands them over
   * @param pushedBefore whether the record of a sequence number was pushed before; it is left out
   */
  static Batch of(List<DynamodbStreamRecord> records, Predicate<String> pushedBefore) {
    Map<RoomName, Map<Long, Entry>> entries = new TreeMap<>();
    Map<RoomName, List<String>> sequenceNumbers = new TreeMap<>();
    List<String> unreadable = new ArrayList<>();
    for (DynamodbStreamRecord record : records) {
      String sequenceNumber = sequenceNumber(record);
      if (sequenceNumber.isEmpty()) {
        // It cannot be reported, and would come again as it is.
        log.atError().addKeyValue("reason", "it has no sequence number").log("record_unreadable");
        continue;
      }
      if (pushedBefore.test(sequenceNumber)) {
        continue;
      }
      try {
        var image = image(record.getDynamodb());
        RoomName room = EntryItem.room(image);
        Entry entry = EntryItem.entry(image);
        entries.computeIfAbsent(room, _ -> new TreeMap<>()).put(entry.position(), entry);
        sequenceNumbers.computeIfAbsent(room, _ -> new ArrayList<>()).add(sequenceNumber);
      } catch (UnreadableItem | IllegalArgumentException e) {
        // The second from a value of no type that the library knows.
        unreadable.add(sequenceNumber);
        log.atError()
            .addKeyValue("sequenceNumber", sequenceNumber)
            .addKeyValue("reason", e.getMessage())
            .log("record_unreadable");
      }
    }
    List<RoomBatch> rooms =
        entries.entrySet().stream()
            .map(
                room ->
                    new RoomBatch(
                        room.getKey(),
                        List.copyOf(room.getValue().values()),
                        List.copyOf(sequenceNumbers.getOrDefault(room.getKey(), List.of()))))
            .sorted(Comparator.comparing(RoomBatch::room))
            .toList();
    return new Batch(rooms, unreadable);
  }
}
