package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Author;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.wire.Cut;
import io.roomlog.core.wire.Json;
import io.roomlog.handlers.identity.PersonName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a frame holds, it is answered by the protocol: nothing is thrown, which the gateway
 * would make an {@code Internal server error} of, and no answer is larger than a frame.
 */
class HostileFramesTest {

  /** The name of a run carries its seed; to repeat one, give it here. */
  private static final long SEEDS = 10;

  private static final int FRAMES = 250;

  private final ManualClock clock = new ManualClock();
  private final MemoryLogStore store = new MemoryLogStore();
  private final MemoryMembership membership = new MemoryMembership();
  private final TwoWayFrames ann = new TwoWayFrames("ann=", clock.instant());
  private final Map<
          String, RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse>>
      routes = new TreeMap<>();

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  private void start(Random random) {
    RoomLog log = new RoomLog(store, clock, random, clock::pass);
    routes.put("send", new Send(log));
    routes.put("sendmessage", new SendMessage(log));
    routes.put("history", new History(log));
    routes.put("join", new Join(log, membership, clock));
    routes.put("leave", new Leave(membership));
    routes.put("sync", new Sync(log, membership, clock));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyFrameIsAnsweredByTheProtocol(long seed) throws Exception {
    Random random = new Random(seed);
    start(random);
    HostileFrames frames = new HostileFrames(random);
    List<String> names = List.copyOf(routes.keySet());
    for (int i = 0; i < FRAMES; i++) {
      change(random);
      String route = names.get(random.nextInt(names.size()));
      String frame = frames.next();
      try {
        answered(route, frame);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("frame " + i + " to " + route + ": " + frame, e);
      }
    }
  }

  /** The log goes on meanwhile, with holes and with the largest entries there can be. */
  private void change(Random random) throws InterruptedException {
    RoomName lobby = new RoomName("lobby");
    clock.pass(Duration.ofMillis(random.nextInt(3_000)));
    if (random.nextInt(8) == 0) {
      store.claim(lobby, 1 + random.nextInt(40), clock.instant(), Retention.forever());
    }
    if (random.nextInt(4) == 0) {
      int letters = random.nextInt(5) == 0 ? Drafts.DATA_BYTES_MAX - 2 : random.nextInt(2_000);
      String name = "\"".repeat(PersonName.BYTES_MAX);
      Draft draft = new Draft("i".repeat(64), "\"" + "x".repeat(letters) + "\"");
      String scope = Long.toString(random.nextLong());
      new RoomLog(store, clock, random, clock::pass)
          .append(lobby, new Author(scope, name, name), List.of(draft));
    }
  }

  private void answered(String route, String frame) {
    APIGatewayV2WebSocketResponse response =
        Objects.requireNonNull(routes.get(route)).handleRequest(ann.event(frame), null);
    if (route.equals("sendmessage")) {
      assertThat(response.getStatusCode()).isIn(200, 400);
      assertThat(response.getBody()).isNull();
      return;
    }
    String body = response.getBody();
    assertThat(Json.bytes(body)).isLessThanOrEqualTo(Cut.FRAME_BYTES_MAX);
    assertThat(Json.isWellFormed(body)).isTrue();
    JsonNode answer = Json.parse(body).orElseThrow();
    assertThat(answer.get("type").textValue())
        .isIn("ack", "joined", "left", "history", "heads", "error");
    if (answer.has("code")) {
      assertThat(answer.get("code").textValue()).isNotEqualTo("unavailable");
      assertThat(answer.get("message").textValue()).hasSizeBetween(10, 200);
    }
    if (answer.has("messages")) {
      isPage(answer);
    }
  }

  private static void isPage(JsonNode page) {
    long from = page.get("from").longValue();
    long to = page.get("to").longValue();
    assertThat(page.get("messages").valueStream().map(one -> one.get("position").longValue()))
        .containsExactlyElementsOf(LongStream.rangeClosed(from, to).boxed().toList());
    if (page.get("messages").isEmpty() && page.get("more").booleanValue()) {
      assertThat(page.get("pending").booleanValue()).as("what to wait for").isTrue();
    }
  }
}
