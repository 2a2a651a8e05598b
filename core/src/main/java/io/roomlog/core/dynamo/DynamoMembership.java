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
import java.util.random.RandomGenerator;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Memberships on one table.
 *
 * <p>Joining writes the inverse first, on the condition that there is none, so that of two joinings
 * at once one decides the shard; then the row. Leaving goes the other way round, and removes only
 * the registration that it found. So whatever breaks in between, a row is found by its connection;
 * only a first joining and a leaving of the same room at the same moment can leave a row without an
 * inverse, and that ends as every stale row does, by a 410 or by expiry.
 */
public final class DynamoMembership implements Membership {

  private static final Logger log = LoggerFactory.getLogger(DynamoMembership.class);

  private final DynamoDbClient dynamo;
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
    this.connections = connections;
    this.random = random;
  }

  @Override
  public Member join(RoomName room, Connection connection) {
    int shard = Math.floorMod(connection.id().hashCode(), rooms.shards(room));
    String registration = "%016x".formatted(random.nextLong());
    Member member = new Member(room, shard, connection, registration);
    try {
      putFirstInverse(member);
    } catch (ConditionalCheckFailedException e) {
      member = new Member(room, MemberItem.shard(e.item()), connection, registration);
      put(MemberItem.inverse(member));
    }
    put(MemberItem.row(member));
    return member;
  }

  private void putFirstInverse(Member member) {
    calling(
        "PutItem connections",
        () ->
            dynamo.putItem(
                request ->
                    request
                        .tableName(connections)
                        .item(MemberItem.inverse(member))
                        .conditionExpression("attribute_not_exists(pk)")
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)));
  }

  private void put(Map<String, AttributeValue> item) {
    calling(
        "PutItem connections",
        () -> dynamo.putItem(request -> request.tableName(connections).item(item)));
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
    for (var inverse : rows(MemberItem.inversePartition(connectionId))) {
      if (remove(MemberItem.roomOfInverse(inverse), connectionId, inverse)) {
        left++;
      }
    }
    return left;
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
    return rows(MemberItem.partition(room, shard)).stream()
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
    return remove(member.room(), member.shard(), member.connection().id(), member.registration());
  }

  private boolean remove(RoomName room, String connectionId, Map<String, AttributeValue> inverse) {
    return remove(room, MemberItem.shard(inverse), connectionId, MemberItem.registration(inverse));
  }

  private boolean remove(RoomName room, int shard, String connectionId, String registration) {
    boolean wasIn = deleteIf(MemberItem.key(room, shard, connectionId), registration);
    deleteIf(MemberItem.inverseKey(room, connectionId), registration);
    return wasIn;
  }

  private boolean deleteIf(Map<String, AttributeValue> key, String registration) {
    try {
      calling(
          "DeleteItem connections",
          () ->
              dynamo.deleteItem(
                  request ->
                      request
                          .tableName(connections)
                          .key(key)
                          .conditionExpression("registration = :registration")
                          .expressionAttributeValues(
                              Map.of(":registration", Items.string(registration)))));
      return true;
    } catch (ConditionalCheckFailedException goneOrJoinedAgain) {
      return false;
    }
  }

  private List<Map<String, AttributeValue>> rows(String partition) {
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
