package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.core.RoomName;
import io.roomlog.core.dynamo.EntryItem;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.log.Slice;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.ManualClock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** During a deployment the functions before it meet what those after it have written. */
class NewerVersionTest {

  private final ManualClock clock = new ManualClock();
  private final TwoWayFrames ann = new TwoWayFrames("ann=", clock.instant());
  private final RoomLog log = new RoomLog(new Newer(), clock, new Random(1), clock::pass);

  /** A log whose entries are of a version that is not known. */
  private static final class Newer extends MemoryLogStore {
    @Override
    public synchronized Slice after(RoomName room, long after, int limit) {
      return new Slice(List.of(unknown()), true);
    }

    @Override
    public synchronized Slice before(RoomName room, long before, int limit) {
      return new Slice(List.of(unknown()), true);
    }

    @Override
    public synchronized Put put(RoomName room, Entry entry, Retention retention) {
      return new Put.Occupied(unknown());
    }

    private static Entry unknown() {
      return EntryItem.entry(Map.of("v", AttributeValue.fromN("2")));
    }
  }

  @Test
  void whatThisVersionCannotReadIsSaidToBeTemporary() {
    for (JsonNode answer :
        List.of(
            ann.ask(new History(log), "{\"ref\":1}"),
            ann.ask(new History(log), "{\"ref\":1,\"after\":0}"),
            ann.ask(
                new Join(log, new MemoryMembership(), clock),
                "{\"ref\":1,\"room\":\"lobby\",\"after\":0}"),
            ann.ask(new Send(log), "{\"ref\":1,\"data\":\"x\"}"))) {
      assertThat(answer.get("ref").intValue()).isEqualTo(1);
      assertThat(answer.get("code").textValue()).isEqualTo("unavailable");
      assertThat(answer.get("temporary").booleanValue()).isTrue();
    }
  }
}
