package io.roomlog.local.queues;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a request of the SQS API.
 *
 * @param json the request, or one entry of a batch
 */
record SqsRequest(JsonNode json) {

  String text(String field) {
    var value = optionalText(field);
    if (value == null) {
      throw new RefusedException("MissingParameter", field + " is missing");
    }
    return value;
  }

  @Nullable String optionalText(String field) {
    var value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new RefusedException("InvalidParameterValue", field + " is no text");
    }
    return value.textValue();
  }

  int number(String field, int otherwise, int least, int most) {
    var value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
      throw new RefusedException(
          "InvalidParameterValue", "%s %s is not %d to %d".formatted(field, value, least, most));
    }
    return value.intValue();
  }

  @Nullable Duration optionalSeconds(String field, Duration most) {
    return json.hasNonNull(field)
        ? Duration.ofSeconds(number(field, 0, 0, Math.toIntExact(most.toSeconds())))
        : null;
  }

  /** The texts of a list; none if it is missing. */
  Set<String> texts(String field) {
    var texts = new HashSet<String>();
    json.path(field).forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** The message of a SendMessage, or of an entry of its batch. */
  OutgoingMessage message() {
    return new OutgoingMessage(
        text("MessageBody"),
        optionalText("MessageGroupId"),
        optionalText("MessageDeduplicationId"),
        optionalSeconds("DelaySeconds", QueueRules.DELAY_MAX),
        attributes());
  }

  private Map<String, MessageAttribute> attributes() {
    var attributes = new HashMap<String, MessageAttribute>();
    for (var field : json.path("MessageAttributes").properties()) {
      var value = new SqsRequest(field.getValue());
      attributes.put(
          field.getKey(),
          new MessageAttribute(
              value.text("DataType"),
              value.optionalText("StringValue"),
              value.optionalText("BinaryValue")));
    }
    return attributes;
  }
}
