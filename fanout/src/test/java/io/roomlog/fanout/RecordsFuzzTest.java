package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.memory.MemoryLogStore;
import io.roomlog.core.memory.MemoryMembership;
import io.roomlog.core.testing.Fuzz;
import io.roomlog.core.testing.HostileText;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.testing.Retained;
import io.roomlog.core.wire.Json;
import io.roomlog.fanout.posts.Frame;
import io.roomlog.fanout.posts.Posts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Records that another version wrote, or nobody: they hold up no other room, and nothing that is no
 * entry reaches a client.
 */
class RecordsFuzzTest {

  private static final int RECORDS = 1_500;
  private static final long FIRST_NUMBER = 1_000_000;
  private static final int HUGE = 350_000;
  private static final int INSTANCES_MAX = 200;
  private static final int BYTES_MAX = 3_000_000;

  private static final List<String> ATTRIBUTES =
      List.of("v", "type", "room", "position", "at", "nonce", "id", "sender", "name", "expiresAt");

  private final ManualClock clock = new ManualClock();
  private final MemoryMembership rooms = new MemoryMembership();
  private final Heard heard = new Heard();
  private final FanOut fanOut =
      new FanOut(
          rooms,
          new MemoryLogStore(),
          heard,
          16,
          new Machine(
              clock, new Random(1), clock::pass, Executors::newVirtualThreadPerTaskExecutor));
  private long sequenceNumber = 1_000;

  /** What arrives, of the batch at hand. */
  private static final class Heard implements Posts {
    private final List<String> frames = new ArrayList<>();

    @Override
    public synchronized Posted post(String connectionId, Frame frame) {
      frames.add(connectionId + " " + StandardCharsets.UTF_8.decode(frame.bytes()));
      return new Posted.Delivered();
    }

    @Override
    public Existence find(String connectionId) {
      return Existence.PRESENT;
    }

    private synchronized List<String> of(String connectionId) {
      return frames.stream()
          .filter(frame -> frame.startsWith(connectionId + " "))
          .map(frame -> frame.substring(connectionId.length() + 1))
          .toList();
    }

    private synchronized void forget() {
      frames.clear();
    }
  }

  @BeforeEach
  void oneIsInEachRoom() {
    join("lobby", "ann", Dialect.PLAIN);
    join("kitchen", "bob", Dialect.ROOMLOG);
    join("attic", "eve", Dialect.ROOMLOG);
  }

  private void join(String room, String id, Dialect dialect) {
    Instant now = clock.instant();
    rooms.join(
        new RoomName(room),
        new Connection(id, dialect, id, id, now, now.plus(Connection.MEMBERSHIP_LIFE)));
  }

  /** A record of the attic with some things wrong. */
  private record Damage(List<String> what, DynamodbStreamRecord record) {}

  private static Damage damaged(Random random) {
    // Each under a number of its own: what was pushed once is not looked at again.
    long number = FIRST_NUMBER + random.nextInt(Integer.MAX_VALUE);
    DynamodbStreamRecord record =
        StreamRecords.message(
            number, "attic", 1 + random.nextInt(5), new ManualClock().instant(), "x");
    List<String> what = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      what.add(damage(record, random));
    }
    return new Damage(what, record);
  }

  private static String damage(DynamodbStreamRecord record, Random random) {
    int which = random.nextInt(14);
    switch (which) {
      case 0 -> record.setDynamodb(null);
      case 1 -> record.setEventName(random.nextBoolean() ? null : HostileText.any(random));
      default -> {
        if (record.getDynamodb() != null) {
          inside(record, which, random);
        }
      }
    }
    return Integer.toString(which);
  }

  private static void inside(DynamodbStreamRecord record, int which, Random random) {
    switch (which) {
      case 2 -> record.getDynamodb().setNewImage(null);
      case 3 -> record.getDynamodb().setSequenceNumber(random.nextBoolean() ? null : "");
      case 4 -> record.getDynamodb().setSequenceNumber(HostileText.any(random));
      case 5 -> record.getDynamodb().setSequenceNumber("9".repeat(1 + random.nextInt(2_000)));
      case 6 -> record.getDynamodb().setNewImage(new HashMap<>());
      default -> {
        Map<String, AttributeValue> before = record.getDynamodb().getNewImage();
        if (before != null) {
          Map<String, AttributeValue> image = new HashMap<>(before);
          String attribute = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
          AttributeValue value = value(random);
          if (value == null) {
            image.remove(attribute);
          } else {
            image.put(random.nextInt(10) == 0 ? HostileText.any(random) : attribute, value);
          }
          record.getDynamodb().setNewImage(image);
        }
      }
    }
  }

  private static @Nullable AttributeValue value(Random random) {
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> null;
      case 3 -> new AttributeValue(HostileText.any(random));
      case 4 -> new AttributeValue("x".repeat(HUGE));
      case 5 -> new AttributeValue().withN(Long.toString(random.nextLong()));
      case 6 -> new AttributeValue().withN("1.5");
      case 7 -> new AttributeValue().withN("1e400");
      case 8 -> new AttributeValue().withN(HostileText.any(random));
      case 9 -> new AttributeValue().withB(ByteBuffer.wrap(new byte[] {0, 1}));
      case 10 -> new AttributeValue().withBOOL(true);
      case 11 -> new AttributeValue().withNULL(true);
      case 12 -> new AttributeValue().withM(Map.of("S", new AttributeValue("x")));
      default -> new AttributeValue().withL(new AttributeValue("x"));
    };
  }

  @Test
  void aRecordThatIsNoEntryHoldsUpNoOtherRoom() {
    Fuzz.of(RECORDS).each("stream records", RecordsFuzzTest::damaged, this::check);
  }

  private void check(Damage damage) {
    heard.forget();
    long first = sequenceNumber++;
    long last = sequenceNumber++;
    DynamodbStreamRecord lobby =
        StreamRecords.message(first, "lobby", first, clock.instant(), "hello " + first);
    DynamodbStreamRecord kitchen =
        StreamRecords.message(last, "kitchen", last, clock.instant(), "hello " + last);
    List<String> failed =
        fanOut
            .handleRequest(StreamRecords.event(lobby, damage.record(), kitchen), null)
            .getBatchItemFailures()
            .stream()
            .map(BatchItemFailure::getItemIdentifier)
            .toList();
    assertThat(heard.of("ann")).containsExactly("hello " + first);
    assertThat(heard.of("bob")).singleElement().asString().contains("\"hello " + last + "\"");
    assertThat(heard.of("eve"))
        .allSatisfy(
            frame -> {
              assertThat(Json.isWellFormed(frame)).isTrue();
              assertThat(new JsonMapper().readTree(frame).path("room").textValue())
                  .isEqualTo("attic");
            });
    if (!failed.isEmpty()) {
      assertThat(failed).containsExactly(damage.record().getDynamodb().getSequenceNumber());
    }
  }

  @Test
  void recordsThatAreNoEntriesAreForgotten() {
    List<Damage> all = new ArrayList<>();
    Fuzz.of(300).each("stream records", RecordsFuzzTest::damaged, all::add);
    all.forEach(this::check);
    heard.forget();
    Retained before = Retained.now();
    for (int i = 0; i < 3; i++) {
      all.forEach(damage -> fanOut.handleRequest(StreamRecords.event(damage.record()), null));
      heard.forget();
    }
    Retained after = Retained.now();
    assertThat(after.ours() - before.ours()).as("instances").isLessThan(INSTANCES_MAX);
    assertThat(after.bytes() - before.bytes()).as("bytes").isLessThan(BYTES_MAX);
  }
}
