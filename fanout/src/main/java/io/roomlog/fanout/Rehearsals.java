package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.RangeJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One whole event for each function, for instances that reach nothing ({@link
 * io.roomlog.core.snapshot.Priming}): once with the tables, which have no members, and once with
 * members who need none.
 */
final class Rehearsals {

  private static final RoomName ROOM = new RoomName("rehearsal");

  private Rehearsals() {}

  static void fanOut(Map<String, String> environment) {
    check(new FanOut(environment).handleRequest(batch(), null).getBatchItemFailures());
    Wiring wiring = Wiring.of(environment);
    pushToMembers(wiring);
  }

  static void crowd(Map<String, String> environment) {
    check(new Crowd(environment).handleRequest(ranges(), null).getBatchItemFailures());
    Wiring wiring = Wiring.crowd(environment);
    wiring.retries().schedule(Map.of("rehearsal", CrowdRetries.FIRST));
    // Nothing is in the log, so it is the stream's function that gets to frames and posts.
    pushToMembers(wiring);
  }

  private static void pushToMembers(Wiring wiring) {
    FanOut fanOut =
        new FanOut(
            members(), wiring.log(), wiring.posts(), wiring.concurrency(), Machine.real(wiring));
    check(fanOut.handleRequest(batch(), null).getBatchItemFailures());
  }

  private static void check(List<?> failures) {
    if (!failures.isEmpty()) {
      throw new IllegalStateException("not rehearsed: " + failures);
    }
  }

  private static MemoryMembership members() {
    MemoryMembership members = new MemoryMembership();
    Instant now = Instant.now();
    for (Dialect dialect : Dialect.values()) {
      String id = "rehearsal-" + dialect.stored();
      members.join(
          ROOM,
          new Connection(
              id, dialect, "rehearsal", "rehearsal", now, now.plus(Duration.ofHours(1))));
    }
    return members;
  }

  private static DynamodbEvent batch() {
    DynamodbStreamRecord record = new DynamodbStreamRecord();
    record.setEventName("INSERT");
    record.setDynamodb(
        new StreamRecord()
            .withSequenceNumber("1")
            .withNewImage(
                Map.of(
                    "room", new AttributeValue(ROOM.value()),
                    "position", new AttributeValue().withN("1"),
                    "v", new AttributeValue().withN("1"),
                    "type", new AttributeValue("message"),
                    "at", new AttributeValue().withN(Long.toString(Instant.now().toEpochMilli())),
                    "nonce", new AttributeValue("rehearsal"),
                    "sender", new AttributeValue("rehearsal"),
                    "name", new AttributeValue("rehearsal"),
                    "data", new AttributeValue("\"hello\""))));
    DynamodbEvent event = new DynamodbEvent();
    event.setRecords(List.of(record));
    return event;
  }

  private static SQSEvent ranges() {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId("rehearsal");
    message.setBody(RangeJson.write(new Range(ROOM, 1, 1, Set.of())));
    message.setAttributes(Map.of("MessageGroupId", ROOM.value()));
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    return event;
  }
}
