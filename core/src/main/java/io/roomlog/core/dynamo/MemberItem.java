package io.roomlog.core.dynamo;

import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Member;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The two rows of a membership. The row that the fan-out reads stands under the room's shard; its
 * inverse stands under the connection and knows the shard, so that leaving needs no search.
 */
final class MemberItem {

  private static final String PK = "pk";
  private static final String SK = "sk";
  private static final String REGISTRATION = "registration";

  private static final String SHARD = "shard";
  private static final String DIALECT = "dialect";
  private static final String SENDER = "sender";
  private static final String NAME = "name";
  private static final String JOINED_AT = "joinedAt";
  private static final String EXPIRES_AT = "expiresAt";

  private MemberItem() {}

  static String partition(RoomName room, int shard) {
    return room + "#" + shard;
  }

  /** The gateway's ids are never bare numbers, so not even the room {@code c} meets this. */
  static String inversePartition(String connectionId) {
    return "c#" + connectionId;
  }

  static Map<String, AttributeValue> key(RoomName room, int shard, String connectionId) {
    return Map.of(PK, Items.string(partition(room, shard)), SK, Items.string(connectionId));
  }

  static Map<String, AttributeValue> inverseKey(RoomName room, String connectionId) {
    return Map.of(PK, Items.string(inversePartition(connectionId)), SK, Items.string(room.value()));
  }

  static Map<String, AttributeValue> row(Member member) {
    Connection connection = member.connection();
    return Map.of(
        PK, Items.string(partition(member.room(), member.shard())),
        SK, Items.string(connection.id()),
        DIALECT, Items.string(connection.dialect().stored()),
        SENDER, Items.string(connection.sender()),
        NAME, Items.string(connection.name()),
        JOINED_AT, Items.millis(connection.joinedAt()),
        REGISTRATION, Items.string(member.registration()),
        EXPIRES_AT, Items.seconds(connection.expiresAt()));
  }

  static Map<String, AttributeValue> inverse(Member member) {
    Connection connection = member.connection();
    return Map.of(
        PK, Items.string(inversePartition(connection.id())),
        SK, Items.string(member.room().value()),
        SHARD, Items.number(member.shard()),
        REGISTRATION, Items.string(member.registration()),
        EXPIRES_AT, Items.seconds(connection.expiresAt()));
  }

  static int shard(Map<String, AttributeValue> inverse) {
    return Math.toIntExact(Items.number(inverse, SHARD));
  }

  static String registration(Map<String, AttributeValue> inverse) {
    return Items.string(inverse, REGISTRATION);
  }

  static RoomName roomOfInverse(Map<String, AttributeValue> inverse) {
    return new RoomName(Items.string(inverse, SK));
  }

  static Member member(RoomName room, int shard, Map<String, AttributeValue> row) {
    Dialect dialect =
        Dialect.ofStored(Items.string(row, DIALECT))
            .orElseThrow(() -> new UnreadableItem(DIALECT, "is none that this version knows"));
    Connection connection =
        new Connection(
            Items.string(row, SK),
            dialect,
            Items.string(row, SENDER),
            Items.string(row, NAME),
            Items.millis(row, JOINED_AT),
            Items.seconds(row, EXPIRES_AT));
    return new Member(room, shard, connection, Items.string(row, REGISTRATION));
  }
}
