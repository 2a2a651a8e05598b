package io.roomlog.core.dynamo;

import static io.roomlog.core.dynamo.Calls.calling;

import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The items of the rooms table, one attribute at a time: each is somebody else's. */
final class RoomItems {

  private static final String ROOM = "room";

  private final DynamoDbClient dynamo;
  private final String table;

  RoomItems(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  static Map<String, AttributeValue> key(String room) {
    return Map.of(ROOM, Items.string(room));
  }

  /** A consistent read; empty if there is none. */
  Map<String, AttributeValue> item(String room) {
    return calling(
        "GetItem rooms",
        () ->
            dynamo
                .getItem(request -> request.tableName(table).key(key(room)).consistentRead(true))
                .item());
  }

  /**
   * Sets one attribute to {@code :value}, if {@code #attribute} is as the condition says.
   *
   * @return whether it was
   */
  boolean isSet(
      String room, String attribute, String condition, Map<String, AttributeValue> values) {
    return isUpdated(
        room,
        update ->
            update
                .updateExpression("SET #attribute = :value")
                .conditionExpression(condition)
                .expressionAttributeNames(Map.of("#attribute", attribute))
                .expressionAttributeValues(values));
  }

  /**
   * Updates an item on a condition.
   *
   * @return whether it was as the condition says
   */
  boolean isUpdated(String room, Consumer<UpdateItemRequest.Builder> update) {
    try {
      calling(
          "UpdateItem rooms",
          () ->
              dynamo.updateItem(request -> update.accept(request.tableName(table).key(key(room)))));
      return true;
    } catch (ConditionalCheckFailedException otherwise) {
      return false;
    }
  }
}
