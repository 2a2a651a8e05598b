package io.roomlog.local.stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * Writes a stream's record as Lambda does in the event of a DynamoDB mapping
 * (docs.aws.amazon.com/lambda/latest/dg/with-ddb.html), where {@code DynamodbEvent} of
 * aws-lambda-java-events reads it: binary values in Base64, the creation time in epoch seconds.
 */
final class RecordJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int REGION_PART = 3;

  private RecordJson() {}

  static StreamRecord render(Record record, String streamArn) {
    var change = record.dynamodb();
    var json = NODES.objectNode();
    json.put("eventID", record.eventID());
    json.put("eventName", record.eventNameAsString());
    json.put("eventVersion", Objects.requireNonNullElse(record.eventVersion(), "1.1"));
    json.put("eventSource", Objects.requireNonNullElse(record.eventSource(), "aws:dynamodb"));
    json.put("awsRegion", Objects.requireNonNullElse(record.awsRegion(), region(streamArn)));
    json.set("dynamodb", change(record));
    if (record.userIdentity() != null) {
      var identity = json.putObject("userIdentity");
      identity.put("principalId", record.userIdentity().principalId());
      identity.put("type", record.userIdentity().type());
    }
    json.put("eventSourceARN", streamArn);
    return new StreamRecord(
        new SequenceNumber(change.sequenceNumber()),
        createdAt(record),
        item(new TreeMap<>(change.keys())).toString(),
        json.toString());
  }

  private static ObjectNode change(Record record) {
    var change = record.dynamodb();
    var json = NODES.objectNode();
    json.put("ApproximateCreationDateTime", createdAt(record).getEpochSecond());
    json.set("Keys", item(change.keys()));
    if (change.hasNewImage()) {
      json.set("NewImage", item(change.newImage()));
    }
    if (change.hasOldImage()) {
      json.set("OldImage", item(change.oldImage()));
    }
    json.put("SequenceNumber", change.sequenceNumber());
    json.put("SizeBytes", change.sizeBytes());
    json.put("StreamViewType", change.streamViewTypeAsString());
    return json;
  }

  private static Instant createdAt(Record record) {
    return Objects.requireNonNullElse(
        record.dynamodb().approximateCreationDateTime(), Instant.EPOCH);
  }

  private static String region(String streamArn) {
    return streamArn.split(":", -1)[REGION_PART];
  }

  private static ObjectNode item(Map<String, AttributeValue> attributes) {
    var json = NODES.objectNode();
    attributes.forEach((name, value) -> json.set(name, value(value)));
    return json;
  }

  private static ObjectNode value(AttributeValue value) {
    var json = NODES.objectNode();
    switch (value.type()) {
      case S -> json.put("S", value.s());
      case N -> json.put("N", value.n());
      case B -> json.put("B", base64(value.b()));
      case BOOL -> json.put("BOOL", value.bool());
      case NUL -> json.put("NULL", true);
      case M -> json.set("M", item(value.m()));
      case L -> value.l().forEach(each -> array(json, "L").add(value(each)));
      case SS -> value.ss().forEach(array(json, "SS")::add);
      case NS -> value.ns().forEach(array(json, "NS")::add);
      case BS -> value.bs().forEach(each -> array(json, "BS").add(base64(each)));
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException("attribute of unknown type: " + value);
    }
    if (value.hasL()) {
      array(json, "L");
    }
    return json;
  }

  private static ArrayNode array(ObjectNode json, String name) {
    return json.withArrayProperty(name);
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArray());
  }
}
