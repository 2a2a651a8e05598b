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
 * @param indexes its secondary indexes
 */
public record Table(
    String logicalId,
    String name,
    Key hashKey,
    @Nullable Key rangeKey,
    @Nullable String streamView,
    @Nullable String ttlAttribute,
    List<Index> indexes) {

  /** Copies what is given. */
  public Table {
    indexes = List.copyOf(indexes);
  }

  /** A table without indexes. */
  public Table(
      String logicalId,
      String name,
      Key hashKey,
      @Nullable Key rangeKey,
      @Nullable String streamView,
      @Nullable String ttlAttribute) {
    this(logicalId, name, hashKey, rangeKey, streamView, ttlAttribute, List.of());
  }

  /**
   * A key attribute.
   *
   * @param attribute its name
   * @param type {@code S}, {@code N} or {@code B}
   */
  public record Key(String attribute, String type) {}

  /**
   * A secondary index.
   *
   * @param name its name
   * @param global whether it has a partition key of its own; a local one has the table's
   * @param keys its keys in schema order
   * @param projection {@code ALL}, {@code KEYS_ONLY} or {@code INCLUDE}
   * @param included the attributes besides keys that {@code INCLUDE} projects
   */
  public record Index(
      String name, boolean global, List<Key> keys, String projection, List<String> included) {

    /** Copies what is given. */
    public Index {
      keys = List.copyOf(keys);
      included = List.copyOf(included);
    }
  }

  /** The keys in schema order. */
  public List<Key> keys() {
    return rangeKey == null ? List.of(hashKey) : List.of(hashKey, rangeKey);
  }

  /** The attribute that holds an item's expiry, if items of this table expire. */
  public Optional<String> ttl() {
    return Optional.ofNullable(ttlAttribute);
  }
}
