package io.roomlog.core.log;

import java.util.List;

/**
 * What one call to the storage read of a log.
 *
 * @param entries in rising order of positions, whichever way was read
 * @param exhausted whether there is nothing more in that direction; if not, the call was cut by its
 *     limit or by the storage's own, which may be long before the limit
 */
public record Slice(List<Entry> entries, boolean exhausted) {

  /** Copies the entries. */
  public Slice {
    entries = List.copyOf(entries);
  }
}
