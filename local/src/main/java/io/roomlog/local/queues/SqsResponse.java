package io.roomlog.local.queues;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes answers of the SQS API. */
final class SqsResponse {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SqsResponse() {}

  static ObjectNode sent(OutgoingMessage message, SentMessage sent) {
    var json = NODES.objectNode();
    json.put("MessageId", sent.messageId());
    json.put("MD5OfMessageBody", Digests.md5(message.body()));
    if (!message.attributes().isEmpty()) {
      json.put("MD5OfMessageAttributes", Digests.md5(message.attributes()));
    }
    if (sent.sequenceNumber() != null) {
      json.put("SequenceNumber", sent.sequenceNumber());
    }
    return json;
  }

  /**
   * A received message.
   *
   * @param systemNames which of SQS's own attributes are asked for
   * @param userNames which of the user's are
   */
  static ObjectNode received(
      ReceivedMessage message, Set<String> systemNames, Set<String> userNames) {
    var json = NODES.objectNode();
    json.put("MessageId", message.messageId());
    json.put("ReceiptHandle", message.receiptHandle());
    json.put("Body", message.body());
    json.put("MD5OfBody", Digests.md5(message.body()));
    var system = MessageJson.attributes(message);
    if (!systemNames.contains("All")) {
      system.retain(systemNames);
    }
    if (!system.isEmpty()) {
      json.set("Attributes", system);
    }
    var user = asked(message.attributes(), userNames);
    if (!user.isEmpty()) {
      json.put("MD5OfMessageAttributes", Digests.md5(user));
      var attributes = json.putObject("MessageAttributes");
      user.forEach((name, attribute) -> attributes.set(name, attribute(attribute)));
    }
    return json;
  }

  private static Map<String, MessageAttribute> asked(
      Map<String, MessageAttribute> attributes, Set<String> names) {
    return attributes.entrySet().stream()
        .filter(each -> names.stream().anyMatch(name -> asks(name, each.getKey())))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
  }

  private static boolean asks(String name, String attribute) {
    return name.equals("All")
        || name.equals(attribute)
        || (name.endsWith(".*") && attribute.startsWith(name.substring(0, name.length() - 2)));
  }

  private static ObjectNode attribute(MessageAttribute attribute) {
    var json = NODES.objectNode();
    json.put("DataType", attribute.dataType());
    if (attribute.stringValue() != null) {
      json.put("StringValue", attribute.stringValue());
    }
    if (attribute.binaryValue() != null) {
      json.put("BinaryValue", attribute.binaryValue());
    }
    return json;
  }

  /** A queue's attributes, all texts. */
  static ObjectNode attributes(MessageQueue queue, Set<String> names) {
    var settings = queue.settings();
    var depth = queue.depth();
    var json = NODES.objectNode();
    json.put("QueueArn", settings.arn());
    json.put("ApproximateNumberOfMessages", Integer.toString(depth.visible()));
    json.put("ApproximateNumberOfMessagesNotVisible", Integer.toString(depth.inFlight()));
    json.put("ApproximateNumberOfMessagesDelayed", Integer.toString(depth.delayed()));
    json.put("VisibilityTimeout", Long.toString(settings.visibilityTimeout().toSeconds()));
    json.put("MessageRetentionPeriod", Long.toString(settings.retention().toSeconds()));
    json.put("DelaySeconds", Long.toString(settings.delay().toSeconds()));
    json.put("MaximumMessageSize", Integer.toString(OutgoingMessage.BYTES_MAX));
    if (settings.fifo()) {
      json.put("FifoQueue", "true");
      json.put("ContentBasedDeduplication", Boolean.toString(settings.contentBasedDeduplication()));
    }
    if (!names.contains("All")) {
      json.retain(names);
    }
    return json;
  }
}
