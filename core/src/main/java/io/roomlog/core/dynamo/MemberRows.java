package io.roomlog.core.dynamo;

import static io.roomlog.core.dynamo.Calls.calling;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.membership.Connection;
import io.roomlog.core.membership.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Writes and deletes the two rows of a membership, both or neither, so that they always are of one
 * registration. It costs twice the write units of two single writes; written singly, two joinings
 * at once can leave a row of one and an inverse of the other, and then nobody can leave.
 */
final class MemberRows {

  /** Only the same connection in the same room can be in the way, so a few tries are many. */
  static final int CONFLICTS_MAX = 10;

  private static final String CALL = "TransactWriteItems connections";
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";
  private static final String CONFLICT = "TransactionConflict";

  private final DynamoDbClient dynamo;
  private final String table;

  MemberRows(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /**
   * Writes both rows, unless the connection is in the room in another shard.
   *
   * @return empty if they are written, else the shard that the connection is in; nothing is written
   */
  OptionalInt put(Member member, Connection connection) {
    TransactWriteItem row =
        TransactWriteItem.builder()
            .put(put -> put.tableName(table).item(MemberItem.row(member)))
            .build();
    TransactWriteItem inverse =
        TransactWriteItem.builder()
            .put(
                put ->
                    put.tableName(table)
                        .item(MemberItem.inverse(member, connection))
                        .conditionExpression("attribute_not_exists(pk) OR #shard = :shard")
                        .expressionAttributeNames(Map.of("#shard", MemberItem.SHARD))
                        .expressionAttributeValues(Map.of(":shard", Items.number(member.shard())))
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD))
            .build();
    List<CancellationReason> refused = write(List.of(row, inverse));
    return refused.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(MemberItem.shard(refused.get(1).item()));
  }

  /**
   * Deletes both rows of a registration.
   *
   * @return whether they were there
   */
  boolean delete(RoomName room, int shard, String connectionId, String registration) {
    return write(deletes(room, shard, connectionId, registration)).isEmpty();
  }

  /**
   * Deletes both rows of a registration, and leaves behind that the connection is there.
   *
   * @param inverse the second of them
   * @return whether they were there
   */
  boolean leave(RoomName room, String connectionId, Map<String, AttributeValue> inverse) {
    List<TransactWriteItem> items =
        new ArrayList<>(
            deletes(
                room, MemberItem.shard(inverse), connectionId, MemberItem.registration(inverse)));
    items.add(
        TransactWriteItem.builder()
            .put(put -> put.tableName(table).item(MemberItem.left(inverse)))
            .build());
    return write(items).isEmpty();
  }

  private List<TransactWriteItem> deletes(
      RoomName room, int shard, String connectionId, String registration) {
    return List.of(
        deleteIf(MemberItem.key(room, shard, connectionId), registration),
        deleteIf(MemberItem.inverseKey(room, connectionId), registration));
  }

  /** Deletes what stayed of a connection. */
  void forget(String connectionId) {
    calling(
        "DeleteItem connections",
        () ->
            dynamo.deleteItem(
                request -> request.tableName(table).key(MemberItem.leftKey(connectionId))));
  }

  private TransactWriteItem deleteIf(Map<String, AttributeValue> key, String registration) {
    return TransactWriteItem.builder()
        .delete(
            delete ->
                delete
                    .tableName(table)
                    .key(key)
                    .conditionExpression(MemberItem.REGISTRATION + " = :registration")
                    .expressionAttributeValues(Map.of(":registration", Items.string(registration))))
        .build();
  }

  /** The reasons of a condition that failed; empty if it is written. */
  private List<CancellationReason> write(List<TransactWriteItem> items) {
    for (int tries = 1; ; tries++) {
      try {
        calling(CALL, () -> dynamo.transactWriteItems(request -> request.transactItems(items)));
        return List.of();
      } catch (TransactionCanceledException e) {
        if (has(e, CONDITION_FAILED)) {
          return e.cancellationReasons();
        }
        if (!has(e, CONFLICT) || tries == CONFLICTS_MAX) {
          throw new StorageUnavailable(CALL, codes(e), e);
        }
      }
    }
  }

  private static boolean has(TransactionCanceledException e, String code) {
    return e.cancellationReasons().stream().anyMatch(reason -> code.equals(reason.code()));
  }

  private static String codes(TransactionCanceledException e) {
    return String.join(
        ",", e.cancellationReasons().stream().map(CancellationReason::code).toList());
  }
}
