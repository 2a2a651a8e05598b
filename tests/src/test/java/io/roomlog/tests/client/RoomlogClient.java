package io.roomlog.tests.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A client of {@code roomlog.v1} without I/O: it is told what happens and when, and answers with
 * what is to be done. Every message of its rooms comes out exactly once and in the order of the
 * log, and every message that it is given is stored exactly once, whatever happens on the way.
 *
 * <p>It must be told of the time at {@link #wakeAt}. Not for several threads at once.
 */
public final class RoomlogClient {

  /** How often the heads are asked for: this ± a fifth. */
  static final Duration SYNC_EVERY = Duration.ofSeconds(60);

  private static final JsonMapper JSON = new JsonMapper();

  private final RandomGenerator random;
  private final UnaryOperator<Sequence> order;
  private final Duration syncEvery;
  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private final Map<String, Outbox> outboxes = new LinkedHashMap<>();
  private final Request sync;
  private final List<Output> outputs = new ArrayList<>();
  private boolean connected;
  private Instant connectAt = Instant.MIN;
  private Instant heardAt = Instant.MIN;
  private int attempts;
  private long lastRef;

  /**
   * A client that is not connected yet.
   *
   * @param random the jitter of its waits
   */
  public RoomlogClient(RandomGenerator random) {
    this(random, UnaryOperator.identity(), SYNC_EVERY);
  }

  /** For variants that keep another order, or that keep in touch at another pace. */
  RoomlogClient(RandomGenerator random, UnaryOperator<Sequence> order, Duration syncEvery) {
    this.random = random;
    this.order = order;
    this.syncEvery = syncEvery;
    this.sync = new Request(this::syncFrame, this::heads, random);
  }

  /** Follows a room from now on. To be called before the client is connected. */
  public void follow(String room) {
    rooms.put(room, new Room(room, order.apply(Sequence.fromNowOn()), random, outputs::add));
  }

  /** Follows a room after a position, 0 for its beginning. To be called before connecting. */
  public void follow(String room, long after) {
    rooms.put(room, new Room(room, order.apply(Sequence.after(after)), random, outputs::add));
  }

  /** Stores a message, whether connected or not. The id must be new among the sender's. */
  public List<Output> send(String room, String id, JsonNode data, Instant now) {
    outboxes.computeIfAbsent(room, _ -> new Outbox(room, random, outputs::add)).add(id, data, now);
    return tick(now);
  }

  /** The connection is open. */
  public List<Output> connected(Instant now) {
    connected = true;
    connectAt = Request.NEVER;
    heardAt = now;
    rooms.values().forEach(room -> room.connected(now));
    outboxes.values().forEach(outbox -> outbox.connected(now));
    sync.cancel();
    syncLater(now);
    return tick(now);
  }

  /** The connection is closed, or could not be opened. */
  public List<Output> disconnected(Instant now) {
    lost(now);
    return tick(now);
  }

  private void lost(Instant now) {
    connected = false;
    rooms.values().forEach(Room::disconnected);
    outboxes.values().forEach(Outbox::disconnected);
    sync.cancel();
    connectAt = now.plus(Request.wait(attempts++, random));
  }

  /** When the client wants to be told of the time, if nothing else happens before. */
  public Instant wakeAt() {
    return connected
        ? requests().map(Request::wakeAt).min(Instant::compareTo).orElse(Request.NEVER)
        : connectAt;
  }

  /** Time has passed. */
  public List<Output> tick(Instant now) {
    if (!connected && !now.isBefore(connectAt)) {
      connectAt = Request.NEVER;
      outputs.add(new Output.Connect());
    }
    if (connected) {
      requests().filter(request -> request.isOverdue(now)).toList().forEach(one -> late(one, now));
    }
    if (connected) {
      requests().filter(one -> one.isDue(now)).toList().forEach(one -> send(one, now));
    }
    List<Output> taken = List.copyOf(outputs);
    outputs.clear();
    return taken;
  }

  /** A frame has arrived. Types that the client does not know are for later versions. */
  public List<Output> frame(String text, Instant now) {
    heardAt = now;
    JsonNode frame = parse(text);
    if (frame.path("code").asText().equals("expired")) {
      // Nothing is taken from this connection any more: the next one comes with a new token.
      outputs.add(new Output.Disconnect());
      lost(now);
    } else if (frame.has("ref")) {
      long ref = frame.path("ref").longValue();
      requests()
          .filter(one -> one.isAnsweredBy(ref))
          .toList()
          .forEach(one -> one.answer(frame, now));
    } else if (frame.path("type").asText().equals("messages")) {
      Room room = rooms.get(frame.path("room").asText());
      if (room != null) {
        room.pushed(frame, now);
      }
    } else if (frame.has("message")) {
      // The gateway's own error, which does not say what it answers.
      requests().filter(Request::isUnderWay).toList().forEach(one -> one.unanswered(now));
    }
    if (rooms.values().stream().allMatch(Room::isJoined)) {
      attempts = 0;
    }
    return tick(now);
  }

  /** Whether every message that it was given is stored or refused. */
  public boolean hasSentAll() {
    return outboxes.values().stream().allMatch(Outbox::isEmpty);
  }

  private Stream<Request> requests() {
    return Stream.concat(
        Stream.concat(
            rooms.values().stream().flatMap(room -> room.requests().stream()), Stream.of(sync)),
        outboxes.values().stream().map(Outbox::request));
  }

  private void send(Request request, Instant now) {
    outputs.add(new Output.Send(request.send(++lastRef, now)));
  }

  /** A connection that carries nothing at all is dead, even if nobody has closed it. */
  private void late(Request request, Instant now) {
    if (!connected) {
      return;
    }
    if (heardAt.isAfter(request.sentAt())) {
      request.unanswered(now);
    } else {
      outputs.add(new Output.Disconnect());
      lost(now);
    }
  }

  private ObjectNode syncFrame() {
    ObjectNode frame = JsonNodeFactory.instance.objectNode().put("action", "sync");
    ObjectNode positions = frame.putObject("rooms");
    rooms.forEach(
        (name, room) -> {
          if (room.isJoined()) {
            positions.put(name, room.last());
          }
        });
    return frame;
  }

  private void heads(JsonNode answer, Instant now) {
    answer
        .path("rooms")
        .properties()
        .forEach(
            head -> {
              Room room = rooms.get(head.getKey());
              if (room != null && room.isJoined()) {
                room.told(head.getValue().longValue(), now);
              }
            });
    sync.succeeded();
    syncLater(now);
  }

  private void syncLater(Instant now) {
    sync.ask(now.plus(syncEvery.multipliedBy(random.nextInt(800, 1_201)).dividedBy(1_000)));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a frame of roomlog.v1", e);
    }
  }
}
