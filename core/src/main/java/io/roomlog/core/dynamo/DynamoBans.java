package io.roomlog.core.dynamo;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.BanStore;
import io.roomlog.core.log.Bans;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Bans in the rooms table: a room's in the item of its counter, those of the deployment in an item
 * whose key no room can have.
 */
public final class DynamoBans implements BanStore {

  /** A map from a sender to the end in epoch seconds. */
  static final String BANS = "bans";

  private static final String EVERYWHERE = "*";

  /** Only other operators can be in the way. */
  private static final int TRIES_MAX = 10;

  private final RoomItems items;

  /** In a deployment's table of rooms. */
  public DynamoBans(DynamoDbClient dynamo, String rooms) {
    this.items = new RoomItems(dynamo, rooms);
  }

  /** Those of an item. */
  static Bans of(Map<String, AttributeValue> item) {
    AttributeValue bans = item.get(BANS);
    return bans == null || !bans.hasM()
        ? Bans.NONE
        : new Bans(
            bans.m().keySet().stream()
                .collect(
                    Collectors.toUnmodifiableMap(
                        sender -> sender, sender -> Items.seconds(bans.m(), sender))));
  }

  @Override
  public Bans bans(Optional<RoomName> room) {
    return of(items.item(key(room)));
  }

  @Override
  public Optional<Bans> change(
      Optional<RoomName> room, Instant now, Function<Bans, Optional<Bans>> change) {
    for (int tries = 1; tries <= TRIES_MAX; tries++) {
      AttributeValue seen = items.item(key(room)).get(BANS);
      Optional<Bans> changed =
          change.apply(of(seen == null ? Map.of() : Map.of(BANS, seen)).at(now));
      if (changed.isEmpty() || isWritten(room, Optional.ofNullable(seen), changed.get())) {
        return changed;
      }
    }
    throw new StorageUnavailable(
        "UpdateItem rooms", "others change the bans all the while", new IllegalStateException());
  }

  private boolean isWritten(Optional<RoomName> room, Optional<AttributeValue> seen, Bans changed) {
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":value", stored(changed)));
    seen.ifPresent(there -> values.put(":seen", there));
    return items.isSet(
        key(room),
        BANS,
        seen.isPresent() ? "#attribute = :seen" : "attribute_not_exists(#attribute)",
        values);
  }

  private static AttributeValue stored(Bans bans) {
    return AttributeValue.fromM(
        bans.until().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, ban -> Items.seconds(ban.getValue()))));
  }

  private static String key(Optional<RoomName> room) {
    return room.map(RoomName::value).orElse(EVERYWHERE);
  }
}
