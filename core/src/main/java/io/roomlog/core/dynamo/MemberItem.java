package io.roomlog.core.dynamo;

import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Member;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The two rows of a membership. The row that the fan-out reads stands under the room's shard; its
 * inverse stands under the connection and knows the shard, so that leaving needs no search.
 *
 * <p>Every push of a room reads all its rows, and what they weigh is what that costs. So a row
 * holds what a push needs and no more, under names of one letter: about 55 bytes in a room with a
 * short name. Who is behind the connection stands in the inverse, and once it has left a room in a
 * row of its own beside it.
 */
final class MemberItem {

  private static final String PK = "pk";
  private static final String SK = "sk";

  /** In both rows. */
  static final String REGISTRATION = "r";

  /** In both rows: the template names it as what DynamoDB's TTL goes by. */
  private static final String EXPIRES_AT = "e";

  private static final String DIALECT = "d";
  private static final String JOINED_AT = "j";

  static final String SHARD = "shard";
  private static final String SENDER = "sender";
  private static final String NAME = "name";

  /** In place of a room, whose name it cannot be: a connection that has left one. */
  private static final String SOMEWHERE = "#";

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
    return Map.of(
        PK, Items.string(partition(member.room(), member.shard())),
        SK, Items.string(member.connectionId()),
        DIALECT, Items.string(Character.toString(member.dialect().letter())),
        JOINED_AT, Items.millis(member.joinedAt()),
        REGISTRATION, Items.string(member.registration()),
        EXPIRES_AT, Items.seconds(member.expiresAt()));
  }

  static Map<String, AttributeValue> inverse(Member member, Connection connection) {
    return Map.of(
        PK, Items.string(inversePartition(member.connectionId())),
        SK, Items.string(member.room().value()),
        SHARD, Items.number(member.shard()),
        SENDER, Items.string(connection.sender()),
        NAME, Items.string(connection.name()),
        REGISTRATION, Items.string(member.registration()),
        EXPIRES_AT, Items.seconds(member.expiresAt()));
  }

  /**
   * What stays of a connection that leaves a room: that it is there, and whose it is. Without a
   * room it could still send and read, and nobody would find it who looks for its sender. It is
   * written anew with each leaving, and goes with the connection.
   *
   * @param inverse the inverse row that is deleted
   */
  static Map<String, AttributeValue> left(Map<String, AttributeValue> inverse) {
    return Map.of(
        PK, Items.string(Items.string(inverse, PK)),
        SK, Items.string(SOMEWHERE),
        SENDER, Items.string(Items.string(inverse, SENDER)),
        EXPIRES_AT, Items.seconds(Items.seconds(inverse, EXPIRES_AT)));
  }

  /** Whether a row under a connection is a membership, and not what stays after one. */
  static boolean isMembership(Map<String, AttributeValue> inverse) {
    return !Items.string(inverse, SK).equals(SOMEWHERE);
  }

  /** What stays of a connection that has left a room. */
  static Map<String, AttributeValue> leftKey(String connectionId) {
    return Map.of(PK, Items.string(inversePartition(connectionId)), SK, Items.string(SOMEWHERE));
  }

  static Instant joinedAt(Map<String, AttributeValue> row) {
    return Items.millis(row, JOINED_AT);
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
        Dialect.ofLetter(Items.string(row, DIALECT))
            .orElseThrow(
                () -> new UnreadableItem(DIALECT, "is no dialect that this version knows"));
    return new Member(
        room,
        shard,
        Items.string(row, SK),
        dialect,
        Items.millis(row, JOINED_AT),
        Items.seconds(row, EXPIRES_AT),
        Items.string(row, REGISTRATION));
  }

  static Connection connection(Member member, Map<String, AttributeValue> inverse) {
    return member.by(Items.string(inverse, SENDER), Items.string(inverse, NAME));
  }
}
