package io.roomlog.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads what {@link MappingTest} notes of batches given up: the queue, a blank, the message. */
final class GivenUpMessages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GivenUpMessages() {}

  static JsonNode body(String message) {
    try {
      return JSON.readTree(message.substring(message.indexOf(' ') + 1));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(message, e);
    }
  }

  static JsonNode batchInfo(String message) {
    return body(message).get("DDBStreamBatchInfo");
  }
}
