package io.roomlog.core.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** A message as plain connections get it: the data, and nothing around it. */
public final class PlainFrame {

  private PlainFrame() {}

  /**
   * The frame of a message.
   *
   * @param data the stored body, minimal JSON text
   * @return a string's own text, any other value's JSON text
   */
  public static String of(String data) {
    return Json.parse(data).filter(JsonNode::isTextual).map(JsonNode::textValue).orElse(data);
  }
}
