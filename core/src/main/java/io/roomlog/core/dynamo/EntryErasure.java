package io.roomlog.core.dynamo;

import static io.roomlog.core.dynamo.Calls.calling;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Erases what a message says: one update on the condition that it is the message that was read. */
final class EntryErasure {

  private static final String UPDATE = "SET #type = :deleted REMOVE #data, #sender, #name, #id";
  private static final String AS_SEEN = "#type = :message AND #nonce = :nonce";

  private static final Map<String, String> NAMES =
      Map.of(
          "#type", EntryItem.TYPE,
          "#nonce", EntryItem.NONCE,
          "#data", EntryItem.DATA,
          "#sender", EntryItem.SENDER,
          "#name", EntryItem.NAME,
          "#id", EntryItem.ID);

  private final DynamoDbClient dynamo;
  private final String messages;

  EntryErasure(DynamoDbClient dynamo, String messages) {
    this.dynamo = dynamo;
    this.messages = messages;
  }

  boolean erase(RoomName room, Entry.Message seen) {
    try {
      calling(
          "UpdateItem messages",
          () ->
              dynamo.updateItem(
                  request ->
                      request
                          .tableName(messages)
                          .key(EntryItem.key(room, seen.position()))
                          .updateExpression(UPDATE)
                          .conditionExpression(AS_SEEN)
                          .expressionAttributeNames(NAMES)
                          .expressionAttributeValues(
                              Map.of(
                                  ":deleted", Items.string(EntryItem.TYPE_DELETED),
                                  ":message", Items.string(EntryItem.TYPE_MESSAGE),
                                  ":nonce", Items.string(seen.nonce())))));
      return true;
    } catch (ConditionalCheckFailedException erasedOrExpired) {
      return false;
    }
  }
}
