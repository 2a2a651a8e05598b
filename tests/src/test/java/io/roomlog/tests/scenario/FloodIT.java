package io.roomlog.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One connection sends as fast as it can, and others say what they have to say. */
class FloodIT {

  private static final int PER_SECOND = 20;
  private static final int BURST = 40;
  private static final int FLOOD = 600;
  private static final RoomName FLOODED = new RoomName("flooded");

  @Test
  void whoFloodsIsHeldToTheRateAndNobodyElseLosesAnything() {
    Map<String, String> rate = Map.of("SendsPerSecond", "" + PER_SECOND, "SendsBurst", "" + BURST);
    // One environment a function, since each counts for itself.
    try (World world = World.start(options -> options.with(rate).atMost(1));
        Client flooder = world.connect("room=" + FLOODED + "&name=mallory");
        Client ann = world.connectRoomlog("room=" + FLOODED + "&name=ann");
        Client bob = world.connectRoomlog("room=" + FLOODED + "&name=bob")) {
      Instant begin = Instant.now();
      IntStream.range(0, FLOOD).forEach(i -> flooder.say("flood " + i));
      List<JsonNode> acks =
          IntStream.range(0, 10)
              .mapToObj(i -> (i % 2 == 0 ? ann : bob).ask("send", "\"data\":\"said " + i + "\""))
              .toList();
      Await.until("the flood is over", () -> world.ended("SendMessageFunction") == FLOOD);

      assertThat(acks).allMatch(ack -> ack.get("type").asText().equals("ack"));
      long head = world.log().counter(FLOODED).head();
      long seconds = Duration.between(begin, Instant.now()).toSeconds() + 1;
      assertThat(head - acks.size())
          .as("of %d that were sent in %d s", FLOOD, seconds)
          .isBetween((long) BURST, BURST + PER_SECOND * seconds)
          .isLessThan(FLOOD);
      for (Client each : List.of(ann, bob)) {
        Await.until("all of the room arrives", () -> each.pushed().size() == head);
        assertThat(each.pushed().stream().map(entry -> entry.path("data").asText()))
            .contains(IntStream.range(0, 10).mapToObj(i -> "said " + i).toArray(String[]::new));
      }
    }
  }

  @Test
  void whoIsTooFastIsToldSoAndMaySendTheSameALittleLater() {
    // So slow that a busy machine cannot make up for it.
    Map<String, String> rate = Map.of("SendsPerSecond", "1", "SendsBurst", "25");
    try (World world = World.start(options -> options.with(rate).atMost(1));
        Client ann = world.connectRoomlog("room=fast&name=ann&client=k")) {
      assertThat(ann.ask("send", frameOf25("m")).path("acks").size()).isEqualTo(25);
      JsonNode refused = ann.ask("send", frameOf25("n"));
      assertThat(refused.path("code").asText()).isEqualTo("rate_limited");
      assertThat(refused.path("temporary").booleanValue()).isTrue();
      assertThat(world.log().counter(new RoomName("fast")).head()).isEqualTo(25);
      Await.until(
          "one more is taken",
          () -> ann.ask("send", "\"data\":\"x\",\"id\":\"n0\"").path("acks").size() == 1);
      assertThat(world.log().counter(new RoomName("fast")).head()).isEqualTo(26);
    }
  }

  private static String frameOf25(String prefix) {
    return IntStream.range(0, 25)
        .mapToObj(i -> "{\"data\":\"x\",\"id\":\"" + prefix + i + "\"}")
        .collect(Collectors.joining(",", "\"messages\":[", "]"));
  }
}
