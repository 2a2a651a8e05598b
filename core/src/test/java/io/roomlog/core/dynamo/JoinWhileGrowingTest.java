package io.roomlog.core.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.Retention;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.testing.TestTables;
import io.roomlog.core.testing.Turns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * The argument of {@link Membership}, put to the test: senders, joiners, pushes and the growth of
 * the room are interleaved between any two of their calls, by seed. Whoever joined must know every
 * entry, from the log up to the head that it was told or from a push.
 */
class JoinWhileGrowingTest {

  private static final RoomName ROOM = new RoomName("lobby");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SEEDS = 30;
  private static final int ENTRIES = 4;
  private static final int JOINERS = 3;

  /** How it could be done wrong. */
  enum Mistake {
    NONE,
    HEAD_READ_BEFORE_JOINING,
    PUSH_REMEMBERS_THE_NUMBER_OF_SHARDS,
    NUMBER_OF_SHARDS_FALLS
  }

  @Test
  void nobodyWhoJoinsWhileTheRoomGrowsMissesAnEntry() throws Exception {
    for (long seed = 1; seed <= SEEDS; seed++) {
      assertThat(new Play(seed, Mistake.NONE).missed()).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aMistakeMakesSomebodyMissOne(Mistake mistake) throws Exception {
    Set<String> missed = new HashSet<>();
    for (long seed = 1; seed <= 4 * SEEDS && missed.isEmpty(); seed++) {
      missed.addAll(new Play(seed, mistake).missed());
    }
    assertThat(missed).isNotEmpty();
  }

  /** One interleaving. */
  private static final class Play {
    private final Mistake mistake;
    private final RandomGenerator random;
    private final Turns turns;
    private final TestTables tables = TestTables.fresh();
    private final Membership membership;
    private final LogStore log;
    private final Membership remembering;
    private final List<Long> records = new ArrayList<>();
    private final Map<String, Long> heads = new HashMap<>();
    private final Map<String, Set<Long>> pushed = new HashMap<>();
    private int sendersLeft = 2;

    Play(long seed, Mistake mistake) {
      this.mistake = mistake;
      this.random = new Random(seed);
      this.turns = new Turns(random);
      Stepping dynamo = new Stepping(tables.dynamo(), turns, false);
      this.membership = membership(dynamo);
      this.remembering = membership(new Stepping(tables.dynamo(), turns, true));
      this.log =
          new DynamoLogStore(
              dynamo, tables.name("rooms"), tables.name("messages"), tables.name("sends"));
    }

    private Membership membership(DynamoDbClient dynamo) {
      return new DynamoMembership(
          dynamo, tables.name("rooms"), tables.name("connections"), new Random(1));
    }

    /** Who misses which positions. */
    Set<String> missed() throws Exception {
      List<Callable<?>> actors = new ArrayList<>(List.of(this::send, this::send, this::grow));
      actors.add(this::push);
      actors.add(this::push);
      for (int i = 0; i < JOINERS; i++) {
        String id = "c" + random.nextInt(1_000_000) + "=";
        actors.add(() -> join(id));
      }
      actors.forEach(actor -> turns.add(actor::call));
      turns.run(() -> {});
      Set<String> missed = new TreeSet<>();
      heads.forEach(
          (id, head) -> {
            for (long position = head + 1; position <= 2 * ENTRIES; position++) {
              if (!pushed.getOrDefault(id, Set.of()).contains(position)) {
                missed.add(id + " misses " + position + ", was told " + head);
              }
            }
          });
      return missed;
    }

    private boolean send() {
      for (int i = 0; i < ENTRIES; i++) {
        long position = log.claim(ROOM, 1, NOW, Retention.forever()).last();
        log.put(ROOM, new Entry.Voided(position, NOW), Retention.forever());
        records.add(position);
      }
      sendersLeft--;
      return true;
    }

    private boolean grow() {
      for (int shards = 2; shards <= 16; shards *= 2) {
        membership.grow(ROOM, shards);
        if (mistake == Mistake.NUMBER_OF_SHARDS_FALLS) {
          setShards(1);
          turns.take();
          setShards(shards);
        }
      }
      return true;
    }

    private boolean push() {
      while (sendersLeft > 0 || !records.isEmpty()) {
        turns.take();
        if (!records.isEmpty()) {
          long position = records.removeFirst();
          boolean remembers = mistake == Mistake.PUSH_REMEMBERS_THE_NUMBER_OF_SHARDS;
          for (Member member : (remembers ? remembering : membership).members(ROOM, NOW)) {
            pushed.computeIfAbsent(member.connectionId(), _ -> new HashSet<>()).add(position);
          }
        }
      }
      return true;
    }

    private boolean join(String id) {
      boolean early = mistake == Mistake.HEAD_READ_BEFORE_JOINING;
      long before = early ? log.counter(ROOM).head() : 0;
      membership.join(ROOM, new Connection(id, Dialect.ROOMLOG, id, id, NOW, NOW.plusSeconds(60)));
      heads.put(id, early ? before : log.counter(ROOM).head());
      return true;
    }

    private void setShards(int shards) {
      tables
          .dynamo()
          .updateItem(
              request ->
                  request
                      .tableName(tables.name("rooms"))
                      .key(Map.of("room", Items.string(ROOM.value())))
                      .updateExpression("SET shards = :shards")
                      .expressionAttributeValues(Map.of(":shards", Items.number(shards))));
    }
  }

  /**
   * Gives the turn away before every call but queries: those of one reading run side by side, in
   * threads of their own.
   */
  private record Stepping(
      DynamoDbClient dynamo, Turns turns, boolean remembers, Map<String, GetItemResponse> first)
      implements DynamoDbClient {

    Stepping(DynamoDbClient dynamo, Turns turns, boolean remembers) {
      this(dynamo, turns, remembers, new HashMap<>());
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      turns.take();
      return remembers
          ? first.computeIfAbsent(request.tableName(), _ -> dynamo.getItem(request))
          : dynamo.getItem(request);
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
      turns.take();
      return dynamo.updateItem(request);
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      turns.take();
      return dynamo.putItem(request);
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      turns.take();
      return dynamo.transactWriteItems(request);
    }

    @Override
    public QueryResponse query(QueryRequest request) {
      return dynamo.query(request);
    }

    @Override
    public String serviceName() {
      return dynamo.serviceName();
    }

    @Override
    public void close() {}
  }
}
