package io.roomlog.core.dynamo;

import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.membership.Roster;
import io.roomlog.core.membership.Shards;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Memberships on one table: a row under the room's shard, which the fan-out queries, and its
 * inverse under the connection, which knows the shard. Both are written and deleted together.
 */
public final class DynamoMembership implements Membership {

  /**
   * Random bytes of a registration, eight characters in the row. Two registrations are compared
   * only if they are of one connection in one room: it must have joined anew between the moment
   * that a row was seen and the moment that it is removed, and even then 48 bits are the same once
   * in 281,474,976,710,656 times. What is lost then is one row, which the connection's next sync
   * puts back.
   */
  private static final int REGISTRATION_BYTES = 6;

  /** Rows of a second kind that are read at once, each with a call. */
  private static final int INVERSES_AT_ONCE = 32;

  /** A second try finds the right shard, unless the connection left in between. */
  private static final int JOIN_TRIES_MAX = 5;

  private static final Logger log = LoggerFactory.getLogger(DynamoMembership.class);

  private final MemberRows rows;
  private final RoomCounters rooms;
  private final MemberQueries queries;
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
    this.rooms = new RoomCounters(dynamo, rooms);
    this.rows = new MemberRows(dynamo, connections);
    this.queries = new MemberQueries(dynamo, connections);
    this.random = random;
  }

  @Override
  public Member join(RoomName room, Connection connection) {
    int shard = Shards.of(connection.id(), rooms.shards(room));
    String registration = registration();
    Member member = Member.of(room, shard, connection, registration);
    for (int tries = 1; tries <= JOIN_TRIES_MAX; tries++) {
      OptionalInt elsewhere = rows.put(member, connection);
      if (elsewhere.isEmpty()) {
        return member;
      }
      member = Member.of(room, elsewhere.getAsInt(), connection, registration);
    }
    throw new IllegalStateException("the connection left and joined this room all the while");
  }

  private String registration() {
    byte[] bytes = new byte[REGISTRATION_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  @Override
  public boolean leave(RoomName room, String connectionId) {
    Map<String, AttributeValue> inverse = inverse(room, connectionId);
    return !inverse.isEmpty() && rows.leave(room, connectionId, inverse);
  }

  /** Empty if it is not in the room. */
  private Map<String, AttributeValue> inverse(RoomName room, String connectionId) {
    return queries.row(MemberItem.inverseKey(room, connectionId));
  }

  @Override
  public int leaveAll(String connectionId) {
    int left = 0;
    for (var inverse : all(MemberItem.inversePartition(connectionId))) {
      if (!MemberItem.isMembership(inverse)) {
        rows.forget(connectionId);
      } else if (remove(MemberItem.roomOfInverse(inverse), connectionId, inverse)) {
        left++;
      }
    }
    return left;
  }

  @Override
  public List<RoomName> rooms(String connectionId) {
    return all(MemberItem.inversePartition(connectionId)).stream()
        .filter(MemberItem::isMembership)
        .map(MemberItem::roomOfInverse)
        .toList();
  }

  @Override
  public Roster roster(RoomName room, Instant now) {
    // Before the rows and with every reading anew: see Membership on why.
    int shards = rooms.shards(room);
    List<Optional<Member>> rows = new ArrayList<>();
    reading(room, shards, Integer.MAX_VALUE).forEach(rows::addAll);
    return new Roster(unexpired(rows, now), rows.size(), shards);
  }

  @Override
  public List<Connection> connections(RoomName room, Instant now) {
    return members(room, now).stream()
        .gather(Gatherers.mapConcurrent(INVERSES_AT_ONCE, this::connection))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Empty if it has left since its row was read. */
  private Optional<Connection> connection(Member member) {
    return Optional.of(inverse(member.room(), member.connectionId()))
        .filter(inverse -> !inverse.isEmpty())
        .map(inverse -> MemberItem.connection(member, inverse));
  }

  @Override
  public Optional<List<Member>> membersUpTo(int most, RoomName room, Instant now) {
    List<Optional<Member>> rows = new ArrayList<>();
    boolean whole =
        reading(room, rooms.shards(room), most + 1)
            .allMatch(
                shard -> {
                  rows.addAll(shard);
                  return rows.size() <= most;
                });
    return whole ? Optional.of(unexpired(rows, now)) : Optional.empty();
  }

  /** A row that cannot be read is empty: it counts all the same. */
  private Stream<List<Optional<Member>>> reading(RoomName room, int shards, int most) {
    return queries.concurrently(room, shards, most, (shard, row) -> readable(room, shard, row));
  }

  private static List<Member> unexpired(List<Optional<Member>> rows, Instant now) {
    return rows.stream()
        .flatMap(Optional::stream)
        .filter(member -> now.isBefore(member.expiresAt()))
        .toList();
  }

  @Override
  public boolean grow(RoomName room, int shards) {
    Shards.check(shards);
    return rooms.grow(room, shards);
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
    return rows.delete(member.room(), member.shard(), member.connectionId(), member.registration());
  }

  private boolean remove(RoomName room, String connectionId, Map<String, AttributeValue> inverse) {
    return rows.delete(
        room, MemberItem.shard(inverse), connectionId, MemberItem.registration(inverse));
  }

  private List<Map<String, AttributeValue>> all(String partition) {
    return queries.of(partition, Integer.MAX_VALUE, UnaryOperator.identity());
  }
}
