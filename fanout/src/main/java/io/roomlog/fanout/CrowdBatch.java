package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.RangeJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch of the queue's messages, sorted out by message group. A batch of a FIFO queue may hold
 * several groups, each in its order.
 */
final class CrowdBatch {

  private static final Logger log = LoggerFactory.getLogger(CrowdBatch.class);
  private static final String GROUP = "MessageGroupId";

  private CrowdBatch() {}

  /**
   * A message that was read.
   *
   * @param messageId as SQS names it
   * @param range what it asks for
   */
  record Asked(String messageId, Range range) {}

  /**
   * What is asked for of one room.
   *
   * @param asked in the order of the queue; all of one room
   * @param unread the ids of the first message that cannot be read, and of all behind it
   */
  record Group(List<Asked> asked, List<String> unread) {
    /** Copies what is given. */
    Group {
      asked = List.copyOf(asked);
      unread = List.copyOf(unread);
    }

    /**
     * The ids of the messages that are not handled: the first that was not, and all behind it.
     *
     * @param isDone whether nothing of a range is left
     */
    List<String> failed(Predicate<Range> isDone) {
      List<String> failed = new ArrayList<>();
      for (Asked each : asked) {
        if (!failed.isEmpty() || !isDone.test(each.range())) {
          failed.add(each.messageId());
        }
      }
      failed.addAll(unread);
      return failed;
    }
  }

  /** Sorts messages out. */
  static List<Group> of(List<SQSMessage> messages) {
    Map<String, List<SQSMessage>> groups = new LinkedHashMap<>();
    for (SQSMessage message : messages) {
      if (message.getMessageId() == null) {
        // It cannot be reported, and would come again as it is.
        log.atError().addKeyValue("reason", "the message has no id").log("range_unreadable");
        continue;
      }
      String group = group(message);
      groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(message);
    }
    return groups.entrySet().stream()
        .map(group -> group(group.getKey(), group.getValue()))
        .toList();
  }

  /** The group of a message; empty if it has none. */
  static String group(SQSMessage message) {
    Map<String, String> attributes = message.getAttributes();
    return attributes == null ? "" : attributes.getOrDefault(GROUP, "");
  }

  private static Group group(String id, List<SQSMessage> messages) {
    List<Asked> asked = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    for (SQSMessage message : messages) {
      if (!unread.isEmpty()) {
        unread.add(message.getMessageId());
        continue;
      }
      switch (read(id, message)) {
        case RangeJson.Reading.Read(Range range) ->
            asked.add(new Asked(message.getMessageId(), range));
        case RangeJson.Reading.Malformed(String reason) -> {
          unread.add(message.getMessageId());
          log.atError()
              .addKeyValue("messageId", message.getMessageId())
              .addKeyValue("group", id)
              .addKeyValue("reason", reason)
              .log("range_unreadable");
        }
      }
    }
    return new Group(asked, unread);
  }

  /** A room in another's group would be pushed twice at a time, and out of order. */
  private static RangeJson.Reading read(String group, SQSMessage message) {
    RangeJson.Reading reading = RangeJson.read(Objects.requireNonNullElse(message.getBody(), ""));
    return reading instanceof RangeJson.Reading.Read(Range range)
            && !range.room().value().equals(group)
        ? new RangeJson.Reading.Malformed("the message group is not the room")
        : reading;
  }
}
