package io.roomlog.tests.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a client has to say in one room. One frame is under way at a time, so that the order is
 * kept, and it is repeated with the same ids until it is acknowledged.
 */
final class Outbox {

  /** Messages in one frame at most, and characters of their JSON, of which no one takes 4 bytes. */
  static final int BATCH_MAX = 25;

  static final int BATCH_LENGTH_MAX = 7_000;

  private final String room;
  private final Consumer<Output> out;
  private final Request send;
  private final SequencedMap<String, JsonNode> waiting = new LinkedHashMap<>();
  private int batchMax = BATCH_MAX;

  Outbox(String room, RandomGenerator random, Consumer<Output> out) {
    this.room = room;
    this.out = out;
    this.send = new Request(this::frame, this::answered, random);
  }

  Request request() {
    return send;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(String id, JsonNode data, Instant now) {
    waiting.put(id, data);
    if (send.isIdle()) {
      send.ask(now);
    }
  }

  void connected(Instant now) {
    send.cancel();
    askNext(now);
  }

  void disconnected() {
    send.cancel();
  }

  private void askNext(Instant now) {
    if (!waiting.isEmpty()) {
      send.ask(now);
    }
  }

  private ObjectNode frame() {
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    ArrayNode messages = frame.put("action", "send").put("room", room).putArray("messages");
    int length = 0;
    for (Map.Entry<String, JsonNode> one : waiting.entrySet()) {
      length += one.getValue().toString().length();
      if (messages.size() == batchMax || (length > BATCH_LENGTH_MAX && !messages.isEmpty())) {
        break;
      }
      messages.addObject().put("id", one.getKey()).set("data", one.getValue());
    }
    return frame;
  }

  private void answered(JsonNode answer, Instant now) {
    if (answer.path("type").asText().equals("error")) {
      refused(answer.path("code").asText());
    } else {
      answer.path("acks").forEach(this::stored);
      batchMax = BATCH_MAX;
    }
    send.succeeded();
    askNext(now);
  }

  private void stored(JsonNode ack) {
    String id = ack.path("id").asText();
    if (waiting.remove(id) != null) {
      long position = ack.path("position").longValue();
      out.accept(new Output.Stored(room, id, position, ack.path("duplicate").booleanValue()));
    }
  }

  /**
   * A frame is taken whole or not at all, so which message it was shows when they go one by one.
   */
  private void refused(String code) {
    if (batchMax > 1 && waiting.size() > 1) {
      batchMax = 1;
    } else {
      String first = waiting.sequencedKeySet().removeFirst();
      out.accept(new Output.Refused(room, first, code));
    }
  }
}
