package io.roomlog.core.dynamo;

import static io.roomlog.core.dynamo.Calls.calling;

import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Memberships on one table: a row under the room's shard, which the fan-out queries, and its
 * inverse under the connection, which knows the shard. Both are written and deleted together.
 */
public final class DynamoMembership implements Membership {

  /** A second try finds the right shard, unless the connection left in between. */
  private static final int JOIN_TRIES_MAX = 5;

  private static final Logger log = LoggerFactory.getLogger(DynamoMembership.class);

  private final DynamoDbClient dynamo;
  private final MemberRows rows;
  private final RoomCounters rooms;
  private final String connections;
  private final RandomGenerator random;

  /**
   * Memberships on a deployment's tables.
   *
   * @param dynamo the client; its timeouts and retries bound every call
   * @param rooms the name of the table that knows each room's number of shards
   * @param connections the name of the table of memberships
   * @param random where registrations come from
   */
  public DynamoMembership(
      DynamoDbClient dynamo, String rooms, String connections, RandomGenerator random) {
    this.dynamo = dynamo;
    this.rooms = new RoomCounters(dynamo, rooms);
    this.rows = new MemberRows(dynamo, connections);
    this.connections = connections;
    this.random = random;
  }

  @Override
  public Member join(RoomName room, Connection connection) {
    int shard = Math.floorMod(connection.id().hashCode(), rooms.shards(room));
    String registration = "%016x".formatted(random.nextLong());
    Member member = new Member(room, shard, connection, registration);
    for (int tries = 1; tries <= JOIN_TRIES_MAX; tries++) {
      OptionalInt elsewhere = rows.put(member);
      if (elsewhere.isEmpty()) {
        return member;
      }
      member = new Member(room, elsewhere.getAsInt(), connection, registration);
    }
    throw new IllegalStateException("the connection left and joined this room all the while");
  }

  @Override
  public boolean leave(RoomName room, String connectionId) {
    Map<String, AttributeValue> inverse =
        calling(
            "GetItem connections",
            () ->
                dynamo
                    .getItem(
                        request ->
                            request
                                .tableName(connections)
                                .key(MemberItem.inverseKey(room, connectionId))
                                .consistentRead(true))
                    .item());
    return !inverse.isEmpty() && remove(room, connectionId, inverse);
  }

  @Override
  public int leaveAll(String connectionId) {
    int left = 0;
    for (var inverse : all(MemberItem.inversePartition(connectionId))) {
      if (remove(MemberItem.roomOfInverse(inverse), connectionId, inverse)) {
        left++;
      }
    }
    return left;
  }

  @Override
  public List<RoomName> rooms(String connectionId) {
    return all(MemberItem.inversePartition(connectionId)).stream()
        .map(MemberItem::roomOfInverse)
        .toList();
  }

  @Override
  public List<Member> members(RoomName room, Instant now) {
    int shards = rooms.shards(room);
    return IntStream.range(0, shards)
        .boxed()
        .gather(Gatherers.mapConcurrent(shards, shard -> membersOf(room, shard)))
        .flatMap(List::stream)
        .filter(member -> now.isBefore(member.connection().expiresAt()))
        .toList();
  }

  private List<Member> membersOf(RoomName room, int shard) {
    return all(MemberItem.partition(room, shard)).stream()
        .flatMap(row -> readable(room, shard, row).stream())
        .toList();
  }

  /** During a deployment a newer version may have written a row; whoever can read it serves it. */
  private static Optional<Member> readable(
      RoomName room, int shard, Map<String, AttributeValue> row) {
    try {
      return Optional.of(MemberItem.member(room, shard, row));
    } catch (UnreadableItem e) {
      log.atWarn()
          .addKeyValue("room", room.value())
          .addKeyValue("reason", e.getMessage())
          .log("member_unreadable");
      return Optional.empty();
    }
  }

  @Override
  public boolean prune(Member member) {
    return rows.delete(
        member.room(), member.shard(), member.connection().id(), member.registration());
  }

  private boolean remove(RoomName room, String connectionId, Map<String, AttributeValue> inverse) {
    return rows.delete(
        room, MemberItem.shard(inverse), connectionId, MemberItem.registration(inverse));
  }

  private List<Map<String, AttributeValue>> all(String partition) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(connections)
            .consistentRead(true)
            .keyConditionExpression("pk = :pk")
            .expressionAttributeValues(Map.of(":pk", Items.string(partition)))
            .build();
    return calling(
        "Query connections", () -> dynamo.queryPaginator(request).items().stream().toList());
  }
}
