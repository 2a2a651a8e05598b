package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.Fuzz;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.testing.Retained;
import io.roomlog.core.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is refused changes nothing, is told in the protocol's words, and is forgotten. */
class RefusedFramesFuzzTest {

  /** Whatever only a programmer could have meant. */
  private static final Pattern OF_A_PROGRAM =
      Pattern.compile(
          "Exception|Error:|\\bat [a-z]+\\.[a-z]+|java\\.|com\\.|io\\.roomlog|\\$\\$|@[0-9a-f]{5}");

  private static final int FRAMES = 3_000;

  /** Lazily made caches and the like; a leak of one a frame would be {@value #FRAMES}. */
  private static final int INSTANCES_MAX = 100;

  private static final int BYTES_MAX = 1_000_000;

  private final ManualClock clock = new ManualClock();
  private final MemoryLogStore store = new MemoryLogStore();
  private final MemoryMembership membership = new MemoryMembership();
  private final TwoWayFrames ann = new TwoWayFrames("ann=", clock.instant());
  private final RoomLog log = new RoomLog(store, clock, new Random(1), clock::pass);
  private final Map<
          String, RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse>>
      routes =
          Map.of(
              "send", new Send(log),
              "history", new History(log),
              "join", new Join(log, membership, clock),
              "leave", new Leave(membership),
              "sync", new Sync(log, membership, clock));
  private final List<Asked> refused = new ArrayList<>();

  private record Asked(String route, String frame) {}

  private Asked next(Random random) {
    List<String> names = routes.keySet().stream().sorted().toList();
    return new Asked(names.get(random.nextInt(names.size())), new HostileFrames(random).next());
  }

  @Test
  void whatIsRefusedChangesNothing() {
    Fuzz.of(FRAMES).each("frames", this::next, this::check);
    assertThat(refused).as("frames that were refused").hasSizeGreaterThan(FRAMES / 10);
  }

  @Test
  void whatIsRefusedIsForgotten() {
    Fuzz.of(FRAMES).each("frames", this::next, this::check);
    refused.forEach(this::ask);
    Retained before = Retained.now();
    refused.forEach(this::ask);
    refused.forEach(this::ask);
    Retained after = Retained.now();
    assertThat(after.ours() - before.ours()).as("instances").isLessThan(INSTANCES_MAX);
    assertThat(after.bytes() - before.bytes()).as("bytes").isLessThan(BYTES_MAX);
  }

  private JsonNode ask(Asked asked) {
    return ann.ask(Objects.requireNonNull(routes.get(asked.route())), asked.frame());
  }

  private void check(Asked asked) {
    List<Long> heads = heads();
    JsonNode answer = ask(asked);
    if (answer.path("type").textValue().equals("error")) {
      assertThat(heads()).as("the heads").isEqualTo(heads);
      assertThat(answer.path("message").textValue()).doesNotContainPattern(OF_A_PROGRAM);
      refused.add(asked);
    } else if (asked.route().equals("send")) {
      isStored(Json.parse(asked.frame()).orElseThrow(), answer);
    }
  }

  private List<Long> heads() {
    return Stream.of("lobby", "kitchen", "m1", "x")
        .map(room -> store.counter(new RoomName(room)).head())
        .toList();
  }

  /** What an ack says is stored is what the frame held. */
  private void isStored(JsonNode frame, JsonNode ack) {
    RoomName room = new RoomName(ack.path("room").textValue());
    for (int i = 0; i < ack.path("acks").size(); i++) {
      JsonNode one = ack.path("acks").path(i);
      JsonNode message = frame.has("messages") ? frame.path("messages").path(i) : frame;
      if (!one.path("duplicate").booleanValue()) {
        Entry entry = log.after(room, one.path("position").longValue() - 1, 1).entries().getFirst();
        assertThat(entry).isInstanceOf(Entry.Message.class);
        assertThat(((Entry.Message) entry).data()).isEqualTo(Json.minimal(message.path("data")));
      }
    }
  }
}
