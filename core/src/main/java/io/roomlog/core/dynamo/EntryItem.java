package io.roomlog.core.dynamo;

import io.roomlog.core.RoomName;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.Retention;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An entry as an item of the messages table. The names are written out, and the version stands in
 * every item, because functions of two versions run side by side during a deployment.
 */
public final class EntryItem {

  /** The version that is written, and the only one that is read. */
  static final long VERSION = 1;

  static final String ROOM = "room";
  static final String POSITION = "position";

  private static final String VERSION_NAME = "v";
  static final String TYPE = "type";
  static final String TYPE_MESSAGE = "message";
  static final String TYPE_DELETED = "deleted";
  private static final String TYPE_VOID = "void";
  private static final String AT = "at";
  static final String NONCE = "nonce";
  static final String ID = "id";
  static final String SENDER = "sender";
  static final String NAME = "name";
  static final String DATA = "data";

  /** In epoch seconds; DynamoDB deletes what is past it. Readers go by {@code at}. */
  private static final String EXPIRES_AT = "expiresAt";

  private EntryItem() {}

  /** The key of a position. */
  static Map<String, AttributeValue> key(RoomName room, long position) {
    return Map.of(ROOM, Items.string(room.value()), POSITION, Items.number(position));
  }

  /** The item of an entry. */
  static Map<String, AttributeValue> of(RoomName room, Entry entry, Retention retention) {
    Map<String, AttributeValue> item = new HashMap<>(key(room, entry.position()));
    item.put(VERSION_NAME, Items.number(VERSION));
    item.put(AT, Items.millis(entry.at()));
    retention
        .expiresAt(entry.at())
        .ifPresent(expiresAt -> item.put(EXPIRES_AT, Items.seconds(expiresAt)));
    switch (entry) {
      case Entry.Voided _ -> item.put(TYPE, Items.string(TYPE_VOID));
      case Entry.Deleted deleted -> {
        item.put(TYPE, Items.string(TYPE_DELETED));
        item.put(NONCE, Items.string(deleted.nonce()));
      }
      case Entry.Message message -> {
        item.put(TYPE, Items.string(TYPE_MESSAGE));
        item.put(NONCE, Items.string(message.nonce()));
        item.put(SENDER, Items.string(message.sender()));
        item.put(NAME, Items.string(message.name()));
        item.put(DATA, Items.string(message.data()));
        if (message.id() != null) {
          item.put(ID, Items.string(message.id()));
        }
      }
    }
    return item;
  }

  /**
   * The room of an item, as read from the table or from its stream.
   *
   * @throws UnreadableItem if it names none
   */
  public static RoomName room(Map<String, AttributeValue> item) {
    return RoomName.of(Items.string(item, ROOM))
        .orElseThrow(() -> new UnreadableItem(ROOM, "is not a room's name"));
  }

  /**
   * The entry of an item, as read from the table or from its stream.
   *
   * @throws UnreadableItem if it is of another version or lacks something
   */
  public static Entry entry(Map<String, AttributeValue> item) {
    long version = Items.number(item, VERSION_NAME);
    if (version != VERSION) {
      throw new UnreadableItem(VERSION_NAME, "is " + version + "; this reads " + VERSION);
    }
    return switch (Items.string(item, TYPE)) {
      case TYPE_VOID -> new Entry.Voided(Items.number(item, POSITION), Items.millis(item, AT));
      case TYPE_DELETED ->
          new Entry.Deleted(
              Items.number(item, POSITION), Items.millis(item, AT), Items.string(item, NONCE));
      case TYPE_MESSAGE ->
          new Entry.Message(
              Items.number(item, POSITION),
              Items.millis(item, AT),
              Items.string(item, NONCE),
              Items.optionalString(item, ID),
              Items.string(item, SENDER),
              Items.string(item, NAME),
              Items.string(item, DATA));
      default -> throw new UnreadableItem(TYPE, "is not a type that this reads");
    };
  }
}
