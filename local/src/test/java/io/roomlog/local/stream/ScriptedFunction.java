package io.roomlog.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomlog.local.functions.Functions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A function that notes what it gets and answers as a test says. */
final class ScriptedFunction implements Functions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Outcome DONE = new Outcome.Returned("{\"batchItemFailures\":[]}");

  private final List<List<Item>> batches = new ArrayList<>();
  private final Deque<Outcome> answers = new ArrayDeque<>();
  private Behaviour behaviour = batch -> DONE;
  private @Nullable Semaphore gate;
  private int running;
  private int mostRunning;
  private final Map<String, Integer> runningItems = new HashMap<>();
  private int mostRunningOfAnItem;

  /** A record of a batch. */
  record Item(long number, String item) {}

  /** Answers a batch. */
  @FunctionalInterface
  interface Behaviour {
    Outcome answer(List<Item> batch);
  }

  /** Answers the next batches in this order, before the behaviour is asked. */
  synchronized ScriptedFunction enqueue(Outcome... outcomes) {
    answers.addAll(List.of(outcomes));
    return this;
  }

  synchronized ScriptedFunction behave(Behaviour behaviour) {
    this.behaviour = behaviour;
    return this;
  }

  /** From now on holds each batch until the semaphore has a permit for it. */
  synchronized ScriptedFunction hold(Semaphore permits) {
    this.gate = permits;
    return this;
  }

  static Outcome failed() {
    return new Outcome.Failed("java.io.IOException", "scripted");
  }

  static Outcome failures(long... numbers) {
    return new Outcome.Returned(
        Arrays.stream(numbers)
            .mapToObj(number -> "{\"itemIdentifier\":\"" + Records.number(number).digits() + "\"}")
            .collect(Collectors.joining(",", "{\"batchItemFailures\":[", "]}")));
  }

  @Override
  public Outcome invoke(String function, String event) throws InterruptedException {
    var batch = read(event);
    var held = begin(batch);
    try {
      if (held != null) {
        held.acquire();
      }
      return answer(batch);
    } finally {
      end(batch);
    }
  }

  private synchronized @Nullable Semaphore begin(List<Item> batch) {
    batches.add(batch);
    running++;
    mostRunning = Math.max(mostRunning, running);
    items(batch)
        .forEach(
            item -> {
              int times = runningItems.merge(item, 1, Integer::sum);
              mostRunningOfAnItem = Math.max(mostRunningOfAnItem, times);
            });
    return gate;
  }

  private Outcome answer(List<Item> batch) {
    Behaviour asked;
    synchronized (this) {
      var scripted = answers.poll();
      if (scripted != null) {
        return scripted;
      }
      asked = behaviour;
    }
    return asked.answer(batch);
  }

  private synchronized void end(List<Item> batch) {
    running--;
    items(batch).forEach(item -> runningItems.merge(item, -1, Integer::sum));
  }

  private static Set<String> items(List<Item> batch) {
    return batch.stream().map(Item::item).collect(Collectors.toSet());
  }

  /** In how many batches at once one item was in the function. */
  synchronized int mostRunningOfAnItem() {
    return mostRunningOfAnItem;
  }

  /** The batches so far, in the order in which they came. */
  synchronized List<List<Item>> batches() {
    return List.copyOf(batches);
  }

  /** The batches' record numbers. */
  List<List<Long>> numbers() {
    return batches().stream().map(batch -> batch.stream().map(Item::number).toList()).toList();
  }

  /** All record numbers, in the order in which they came. */
  List<Long> allNumbers() {
    return numbers().stream().flatMap(List::stream).toList();
  }

  /** How many batches were in the function at once. */
  synchronized int mostRunning() {
    return mostRunning;
  }

  synchronized int running() {
    return running;
  }

  private static List<Item> read(String event) {
    try {
      return StreamSupport.stream(JSON.readTree(event).get("Records").spliterator(), false)
          .map(record -> record.get("dynamodb"))
          .map(
              change ->
                  new Item(
                      Long.parseLong(change.get("SequenceNumber").asText()),
                      change.at("/Keys/item/S").asText()))
          .toList();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(event, e);
    }
  }
}
