package io.roomlog.local.tables;

import java.util.Locale;
import java.util.Set;

/** What DynamoDB may do to a call although nobody did anything wrong. */
public enum TableFault {
  /** The call answers 400 {@code ProvisionedThroughputExceededException}; nothing is written. */
  TABLE_THROTTLED,
  /** The call answers 500 {@code InternalServerError}; nothing is written. */
  TABLE_FAILED,
  /** A write is carried out, whatever comes of it, and answers 500. */
  TABLE_WRITTEN_YET_FAILED,
  /**
   * A write of one item answers {@code TransactionConflictException}, a transaction is cancelled
   * for the conflict of its first item; nothing is written.
   */
  TABLE_CONFLICT,
  /** The call is never answered; nothing is written. */
  TABLE_HANGS,
  /** A write is carried out and never answered. */
  TABLE_WRITTEN_YET_HANGS,
  /**
   * A read that is not strongly consistent is answered from an earlier state; see {@link
   * StaleReads}.
   */
  TABLE_STALE_READ;

  static final Set<String> TRANSACTIONS = Set.of("TransactWriteItems", "TransactGetItems");

  private static final Set<String> WRITES_OF_ONE_ITEM =
      Set.of("PutItem", "UpdateItem", "DeleteItem");
  private static final Set<String> WRITES_OF_SEVERAL =
      Set.of("TransactWriteItems", "BatchWriteItem");
  private static final Set<String> READS =
      Set.of("GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems");

  /** The name on a command line, e.g. {@code table-throttled}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Whether it can make a call fail.
   *
   * @param operation e.g. {@code PutItem}; those that neither read nor write items are never struck
   */
  public boolean canFail(String operation) {
    boolean writesOne = WRITES_OF_ONE_ITEM.contains(operation);
    boolean writes = writesOne || WRITES_OF_SEVERAL.contains(operation);
    return switch (this) {
      case TABLE_THROTTLED, TABLE_FAILED, TABLE_HANGS -> writes || READS.contains(operation);
      case TABLE_WRITTEN_YET_FAILED, TABLE_WRITTEN_YET_HANGS -> writes;
      case TABLE_CONFLICT -> writesOne || TRANSACTIONS.contains(operation);
      case TABLE_STALE_READ -> false;
    };
  }
}
