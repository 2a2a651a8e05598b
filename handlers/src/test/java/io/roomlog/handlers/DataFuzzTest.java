package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.testing.Fuzz;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.wire.Json;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is taken comes out as it went in, to the last digit and the last half of a character. */
class DataFuzzTest {

  private static final RoomName LOBBY = new RoomName("lobby");

  /** Not the product's own reader of JSON. */
  private static final JsonMapper OTHER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final ManualClock clock = new ManualClock();
  private final MemoryLogStore store = new MemoryLogStore();
  private final RoomLog log = new RoomLog(store, clock, new Random(1), clock::pass);
  private final Send send = new Send(log);
  private final History history = new History(log);
  private final TwoWayFrames ann = new TwoWayFrames("ann=", clock.instant());

  @Test
  void whatIsTakenComesOutAsItWentIn() {
    Fuzz.of(4_000).each("data", HostileJson::next, this::check);
  }

  private void check(HostileJson data) throws JsonProcessingException {
    long head = store.counter(LOBBY).head();
    JsonNode answer = ann.ask(send, "{\"action\":\"send\",\"data\":" + data.text() + "}");
    if (!data.sound()) {
      assertThat(answer.path("code").textValue()).isEqualTo("invalid_data");
      assertThat(answer.path("message").textValue()).contains("half a surrogate pair");
    } else if (Json.bytes(OTHER.readTree(data.text()).toString()) > Drafts.DATA_BYTES_MAX) {
      assertThat(answer.path("code").textValue()).isEqualTo("too_large");
    } else {
      assertThat(answer.path("type").textValue()).as("%s", answer).isEqualTo("ack");
      assertThat(stored()).isEqualTo(OTHER.readTree(data.text()).toString());
      return;
    }
    assertThat(store.counter(LOBBY).head()).as("nothing is stored").isEqualTo(head);
  }

  private String stored() throws JsonProcessingException {
    String page =
        history.handleRequest(ann.event("{\"action\":\"history\",\"limit\":1}"), null).getBody();
    assertThat(Json.isWellFormed(page)).isTrue();
    return OTHER.readTree(page).path("messages").path(0).path("data").toString();
  }
}
