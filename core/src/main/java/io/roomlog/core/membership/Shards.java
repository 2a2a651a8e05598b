package io.roomlog.core.membership;

/**
 * Decides over how many shards a room's members are spread. A shard is a partition key, so shards
 * are written and read side by side, where the pages of one come one after another.
 *
 * <p>The number belongs to the room and only grows. Rows stay where they were put; new ones are
 * spread over the new number. Whoever reads shards 0 to number - 1 therefore finds every row that
 * was put under that number or an earlier one.
 */
public final class Shards {

  /** Rows of a shard, on average, above which a room gets more shards: well below a page. */
  public static final int ROWS_MAX = 1_000;

  /**
   * Shards of a room at most. Every push reads them all, also those that have emptied; a million
   * rows are then 4,000 a shard, which is still about one page of 1 MB.
   */
  public static final int COUNT_MAX = 256;

  private Shards() {}

  /** The shard of a connection that joins. */
  public static int of(String connectionId, int shards) {
    return Math.floorMod(connectionId.hashCode(), shards);
  }

  /**
   * How many shards a room should have.
   *
   * @param rows how many it has, also expired ones: they are read too
   * @param shards over how many shards
   * @return the same number if that is enough or the most, else at least twice as many, since old
   *     rows do not move and the new shards take only what comes
   */
  public static int wanted(int rows, int shards) {
    if (rows <= (long) shards * ROWS_MAX) {
      return shards;
    }
    int filled = Math.ceilDiv(rows, ROWS_MAX);
    return Math.max(shards, Math.min(COUNT_MAX, Math.max(2 * shards, filled)));
  }

  /**
   * Checks a number of shards.
   *
   * @throws IllegalArgumentException if no room may have that many
   */
  public static void check(int shards) {
    if (shards < 1 || shards > COUNT_MAX) {
      throw new IllegalArgumentException("a room has 1-" + COUNT_MAX + " shards, not " + shards);
    }
  }
}
