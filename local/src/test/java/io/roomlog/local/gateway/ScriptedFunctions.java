package io.roomlog.local.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.local.functions.Functions;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** Functions that record their events and answer as told; 200 if told nothing. */
final class ScriptedFunctions implements Functions {

  static final Outcome OK = new Outcome.Returned("{\"statusCode\":200}");

  private static final long WAIT_SECONDS_MAX = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a function does with an event. */
  @FunctionalInterface
  interface Script {
    Outcome run(JsonNode event) throws InterruptedException;
  }

  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Map<String, BlockingQueue<JsonNode>> events = new ConcurrentHashMap<>();

  void script(String function, Script script) {
    scripts.put(function, script);
  }

  void answer(String function, String payload) {
    scripts.put(function, event -> new Outcome.Returned(payload));
  }

  @Override
  public Outcome invoke(String function, String event) throws InterruptedException {
    JsonNode json = parse(event);
    queue(function).add(json);
    Script script = scripts.get(function);
    return script == null ? OK : script.run(json);
  }

  /** The function's next event, which must come within the limit. */
  JsonNode take(String function) throws InterruptedException {
    JsonNode event = queue(function).poll(WAIT_SECONDS_MAX, SECONDS);
    if (event == null) {
      throw new AssertionError("no event for " + function);
    }
    return event;
  }

  /** How many events of a function have come and were not taken. */
  int untaken(String function) {
    return queue(function).size();
  }

  private BlockingQueue<JsonNode> queue(String function) {
    return events.computeIfAbsent(function, name -> new LinkedBlockingQueue<>());
  }

  private static JsonNode parse(String event) {
    try {
      return JSON.readTree(event);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError("the event is not JSON: " + event, e);
    }
  }
}
