package io.roomlog.local.stream;

import java.time.Duration;

/** What a stream may do to whoever reads it, and seldom does. */
public sealed interface StreamFault {
  /** How often it strikes: of the reads that it can strike, 0 to 1. */
  double probability();

  /** Records come again after they were delivered, as after a lost checkpoint. */
  record Repeat(double probability) implements StreamFault {}

  /** Records of different items change places; DynamoDB promises order per item only. */
  record Reorder(double probability) implements StreamFault {}

  /**
   * Reads bring nothing for a while.
   *
   * @param duration how long, from the read that it strikes
   */
  record Stall(double probability, Duration duration) implements StreamFault {}
}
