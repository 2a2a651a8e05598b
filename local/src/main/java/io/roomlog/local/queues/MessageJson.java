package io.roomlog.local.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes messages as Lambda does in the event of a queue mapping
 * (docs.aws.amazon.com/lambda/latest/dg/with-sqs.html), where {@code SQSEvent} of
 * aws-lambda-java-events reads them.
 */
final class MessageJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REGION_PART = 3;

  private MessageJson() {}

  static String event(List<ReceivedMessage> messages, String queueArn) {
    return messages.stream()
        .map(message -> record(message, queueArn).toString())
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
  }

  /** What a filter pattern sees: a body that is JSON stands there as such. */
  static String filterable(ReceivedMessage message, String queueArn) {
    var record = record(message, queueArn);
    try {
      JsonNode body = JSON.readTree(message.body());
      if (body.isObject() || body.isArray()) {
        record.set("body", body);
      }
    } catch (JsonProcessingException e) {
      record.put("body", message.body());
    }
    return record.toString();
  }

  private static ObjectNode record(ReceivedMessage message, String queueArn) {
    var json = JSON.createObjectNode();
    json.put("messageId", message.messageId());
    json.put("receiptHandle", message.receiptHandle());
    json.put("body", message.body());
    json.set("attributes", attributes(message));
    var userAttributes = json.putObject("messageAttributes");
    message
        .attributes()
        .forEach((name, attribute) -> userAttributes.set(name, userAttribute(attribute)));
    json.put("md5OfBody", Digests.md5(message.body()));
    if (!message.attributes().isEmpty()) {
      json.put("md5OfMessageAttributes", Digests.md5(message.attributes()));
    }
    json.put("eventSource", "aws:sqs");
    json.put("eventSourceARN", queueArn);
    json.put("awsRegion", queueArn.split(":", -1)[REGION_PART]);
    return json;
  }

  /** The attributes that SQS itself gives a message; their values are texts. */
  static ObjectNode attributes(ReceivedMessage message) {
    var json = JSON.createObjectNode();
    json.put("ApproximateReceiveCount", Integer.toString(message.receiveCount()));
    json.put("SentTimestamp", Long.toString(message.sentAt().toEpochMilli()));
    if (message.sequenceNumber() != null) {
      json.put("SequenceNumber", message.sequenceNumber());
    }
    if (message.groupId() != null) {
      json.put("MessageGroupId", message.groupId());
    }
    // There is no account; the sender is the same for all.
    json.put("SenderId", "AIDALOCAL");
    if (message.deduplicationId() != null) {
      json.put("MessageDeduplicationId", message.deduplicationId());
    }
    json.put(
        "ApproximateFirstReceiveTimestamp",
        Long.toString(message.firstReceivedAt().toEpochMilli()));
    return json;
  }

  private static ObjectNode userAttribute(MessageAttribute attribute) {
    var json = JSON.createObjectNode();
    if (attribute.stringValue() != null) {
      json.put("stringValue", attribute.stringValue());
    }
    if (attribute.binaryValue() != null) {
      json.put("binaryValue", attribute.binaryValue());
    }
    json.putArray("stringListValues");
    json.putArray("binaryListValues");
    json.put("dataType", attribute.dataType());
    return json;
  }
}
