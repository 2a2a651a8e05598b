package io.roomlog.local.deployment;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A DynamoDB table of the template.
 *
 * @param logicalId its name in the template
 * @param name its physical name
 * @param hashKey the partition key
 * @param rangeKey the sort key, or null where the table has none
 * @param streamView the stream's view type, e.g. {@code NEW_IMAGE}, or null where it has no stream
 * @param ttlAttribute the attribute that holds an item's expiry in epoch seconds, or null
 */
public record Table(
    String logicalId,
    String name,
    Key hashKey,
    @Nullable Key rangeKey,
    @Nullable String streamView,
    @Nullable String ttlAttribute) {

  /**
   * A key attribute.
   *
   * @param attribute its name
   * @param type {@code S}, {@code N} or {@code B}
   */
  public record Key(String attribute, String type) {}

  /** The keys in schema order. */
  public List<Key> keys() {
    return rangeKey == null ? List.of(hashKey) : List.of(hashKey, rangeKey);
  }

  /** The attribute that holds an item's expiry, if items of this table expire. */
  public Optional<String> ttl() {
    return Optional.ofNullable(ttlAttribute);
  }
}
