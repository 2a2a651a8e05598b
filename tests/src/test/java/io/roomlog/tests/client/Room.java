package io.roomlog.tests.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One room as a client reads it: joins, keeps the order, asks for what is missing. */
final class Room {

  /** Entries asked for at once, to begin with and at most. */
  static final int LIMIT_FIRST = 50;

  static final int LIMIT_MAX = 1_000;

  /** The waits before a pending page is asked for again: doubled, up to the longest. */
  static final Duration PENDING_FIRST = Duration.ofMillis(500);

  static final Duration PENDING_MAX = Duration.ofSeconds(5);

  private final String name;
  private final Sequence sequence;
  private final Consumer<Output> out;
  private final Request join;
  private final Request history;
  private boolean joined;
  private int limit = LIMIT_FIRST;
  private int asked;
  private Duration pending = PENDING_FIRST;

  Room(String name, Sequence sequence, RandomGenerator random, Consumer<Output> out) {
    this.name = name;
    this.sequence = sequence;
    this.out = out;
    this.join = new Request(this::joinFrame, this::joined, random);
    this.history = new Request(this::historyFrame, this::page, random);
  }

  List<Request> requests() {
    return List.of(join, history);
  }

  void connected(Instant now) {
    join.cancel();
    history.cancel();
    join.ask(now);
  }

  void disconnected() {
    joined = false;
    join.cancel();
    history.cancel();
  }

  boolean isJoined() {
    return joined;
  }

  long last() {
    return sequence.last();
  }

  /** Entries that were pushed; they may come before {@code joined}. */
  void pushed(JsonNode frame, Instant now) {
    frame.path("messages").forEach(entry -> received(sequence.take(entry)));
    lookForGap(now);
  }

  /** A head that the server told. */
  void told(long head, Instant now) {
    sequence.told(head);
    lookForGap(now);
  }

  private ObjectNode joinFrame() {
    asked = LIMIT_MAX;
    ObjectNode frame = frame("join");
    return sequence.hasBegun() ? frame.put("after", sequence.last()) : frame;
  }

  private ObjectNode historyFrame() {
    asked = Math.clamp(sequence.gap(), 1, limit);
    return frame("history").put("after", sequence.last()).put("limit", asked);
  }

  private ObjectNode frame(String action) {
    return JsonNodeFactory.instance.objectNode().put("action", action).put("room", name);
  }

  private void joined(JsonNode answer, Instant now) {
    if (refused(answer)) {
      return;
    }
    joined = true;
    join.succeeded();
    if (sequence.hasBegun()) {
      page(answer, now);
    } else {
      sequence.skipTo(answer.path("head").longValue());
      received(sequence.inSequence());
      lookForGap(now);
    }
  }

  /** A page without gaps. What lies between our last position and its first has expired. */
  private void page(JsonNode page, Instant now) {
    if (refused(page)) {
      return;
    }
    long before = sequence.last();
    long from = page.path("from").longValue();
    sequence.told(page.path("head").longValue());
    if (from > before + 1) {
      out.accept(new Output.Skipped(name, before + 1, from - 1));
      sequence.skipTo(from - 1);
    }
    page.path("messages").forEach(entry -> received(sequence.take(entry)));
    received(sequence.inSequence());
    adaptLimit(page.path("messages").size(), page.path("pending").booleanValue());
    if (sequence.gap() > 0) {
      askOn(page, sequence.last() > before, now);
    } else {
      history.cancel();
    }
  }

  /** The next page is asked for at once; only what the server is waiting for itself must wait. */
  private void askOn(JsonNode page, boolean progress, Instant now) {
    if (progress) {
      history.succeeded();
      pending = PENDING_FIRST;
    }
    if (page.path("pending").booleanValue()) {
      history.ask(now.plus(pending));
      pending = min(pending.multipliedBy(2), PENDING_MAX);
    } else if (progress) {
      history.ask(now);
    } else {
      history.askLater(now);
    }
  }

  /** As many as fitted into the last page, and twice as many while all that was asked for fits. */
  private void adaptLimit(int fitted, boolean endsAtHole) {
    if (fitted >= limit) {
      limit = Math.min(2 * limit, LIMIT_MAX);
    } else if (fitted > 0 && fitted < asked && !endsAtHole && sequence.gap() > 0) {
      limit = fitted;
    }
  }

  private void lookForGap(Instant now) {
    if (sequence.gap() == 0) {
      history.cancel();
    } else if (joined && history.isIdle()) {
      history.askLater(now);
    }
  }

  private void received(List<JsonNode> entries) {
    for (JsonNode entry : entries) {
      out.accept(new Output.Received(name, entry.path("position").longValue(), entry));
    }
  }

  private boolean refused(JsonNode answer) {
    boolean refused = answer.path("type").asText().equals("error");
    if (refused) {
      out.accept(new Output.Refused(name, null, answer.path("code").asText()));
    }
    return refused;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
