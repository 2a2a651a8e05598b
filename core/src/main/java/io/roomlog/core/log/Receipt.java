package io.roomlog.core.log;

import java.time.Instant;

/** What became of a draft. Both cases mean: it is stored, at this position, for good. */
public sealed interface Receipt {

  /** Where the message stands. */
  long position();

  /** The {@code at} of the entry. */
  Instant at();

  /** The draft was stored by this append. */
  record Appended(long position, Instant at) implements Receipt {}

  /** A message of that id had been stored before; it stays at its first position. */
  record Repeated(long position, Instant at) implements Receipt {}
}
