package io.roomlog.local.stream;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a shard is handled: every record read up to the checkpoint is handled, whatever order
 * they were handled in. Not safe for use by several threads.
 *
 * <p>A record may be read more than once; it is handled when each reading is.
 */
final class Checkpoint {
  /** Records not handled yet, with how often each was read. */
  private final TreeMap<SequenceNumber, Integer> outstanding = new TreeMap<>();

  /** Records handled above the lowest outstanding one. */
  private final TreeSet<SequenceNumber> ahead = new TreeSet<>();

  private @Nullable SequenceNumber position;

  /** Notes records that are to be handled. */
  void read(Collection<SequenceNumber> records) {
    records.forEach(record -> outstanding.merge(record, 1, Integer::sum));
  }

  /**
   * Notes records as handled, or as given up.
   *
   * @throws IllegalStateException if one was not read, or was handled already
   */
  void handled(Collection<SequenceNumber> records) {
    for (var record : records) {
      if (!outstanding.containsKey(record)) {
        throw new IllegalStateException("record " + record.digits() + " is not outstanding");
      }
      outstanding.computeIfPresent(record, (_, times) -> times == 1 ? null : times - 1);
      if (!outstanding.containsKey(record)) {
        ahead.add(record);
      }
    }
    advance();
  }

  private void advance() {
    var below =
        outstanding.isEmpty()
            ? ahead
            : ahead.headSet(outstanding.firstKey(), /* inclusive= */ false);
    if (below.isEmpty()) {
      return;
    }
    var highest = below.last();
    below.clear();
    if (position == null || highest.compareTo(position) > 0) {
      position = highest;
    }
  }

  /** The last record up to which everything read is handled; empty before the first. */
  Optional<SequenceNumber> position() {
    return Optional.ofNullable(position);
  }

  /** How many records are read and not handled. */
  int outstanding() {
    return outstanding.values().stream().mapToInt(Integer::intValue).sum();
  }
}
