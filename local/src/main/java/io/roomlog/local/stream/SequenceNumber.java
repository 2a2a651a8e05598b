package io.roomlog.local.stream;

import java.math.BigInteger;

/**
 * Where a record stands in its shard: a number of 21 to 40 digits on DynamoDB, so a {@code long}
 * does not hold it.
 *
 * <p>Order is that of the numbers; equality is that of the digits, leading zeros included, since a
 * function names a record by the text it was given.
 *
 * @param digits 1 to {@value #DIGITS_MAX} decimal digits
 */
public record SequenceNumber(String digits) implements Comparable<SequenceNumber> {
  /** The longest sequence number of the DynamoDB Streams API reference. */
  static final int DIGITS_MAX = 40;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if {@code digits} is not a sequence number
   */
  public SequenceNumber {
    if (!isSequenceNumber(digits)) {
      throw new IllegalArgumentException(
          "sequence number \"%s\" is not 1 to %d decimal digits".formatted(digits, DIGITS_MAX));
    }
  }

  /** Whether a text has the form of a sequence number. */
  static boolean isSequenceNumber(String text) {
    return !text.isEmpty()
        && text.length() <= DIGITS_MAX
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(SequenceNumber other) {
    return new BigInteger(digits).compareTo(new BigInteger(other.digits));
  }
}
