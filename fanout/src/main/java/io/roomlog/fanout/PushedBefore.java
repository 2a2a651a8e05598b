package io.roomlog.fanout;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Remembers which records were pushed, as long as the execution environment lives. When one room of
 * a batch fails, Lambda sends again everything behind it, over and over until the room recovers or
 * is given up; the rooms that had nothing to do with it must not read the same message each time.
 * Safe for many threads.
 */
final class PushedBefore {

  /** Records remembered, at most: several batches of the largest size that the template sets. */
  static final int REMEMBERED_MAX = 10_000;

  private final Set<String> sequenceNumbers =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > REMEMBERED_MAX;
                }
              }));

  boolean contains(String sequenceNumber) {
    return sequenceNumbers.contains(sequenceNumber);
  }

  void add(Collection<String> pushed) {
    sequenceNumbers.addAll(List.copyOf(pushed));
  }
}
