package io.roomlog.core.dynamo;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute values in and out of Java, with errors that name the attribute. */
final class Items {

  private Items() {}

  static AttributeValue string(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static AttributeValue millis(Instant time) {
    return number(time.toEpochMilli());
  }

  static AttributeValue seconds(Instant time) {
    return number(time.getEpochSecond());
  }

  static String string(Map<String, AttributeValue> item, String attribute) {
    String value = optionalString(item, attribute);
    if (value == null) {
      throw new UnreadableItem(attribute, "is not a string");
    }
    return value;
  }

  static @Nullable String optionalString(Map<String, AttributeValue> item, String attribute) {
    AttributeValue value = item.get(attribute);
    return value == null ? null : value.s();
  }

  static long number(Map<String, AttributeValue> item, String attribute) {
    AttributeValue value = item.get(attribute);
    if (value == null || value.n() == null) {
      throw new UnreadableItem(attribute, "is not a number");
    }
    try {
      return Long.parseLong(value.n());
    } catch (NumberFormatException e) {
      throw new UnreadableItem(attribute, "is not a whole number of 64 bits", e);
    }
  }

  static long number(Map<String, AttributeValue> item, String attribute, long otherwise) {
    return item.containsKey(attribute) ? number(item, attribute) : otherwise;
  }

  static Instant millis(Map<String, AttributeValue> item, String attribute) {
    return Instant.ofEpochMilli(number(item, attribute));
  }

  static Instant seconds(Map<String, AttributeValue> item, String attribute) {
    return Instant.ofEpochSecond(number(item, attribute));
  }
}
