package io.roomlog.fanout;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers, as long as the execution environment lives, whose buffer was found full. The next 429
 * of such a connection is no sign of the account's rate: without this, whoever opens some
 * connections and reads nothing would slow everybody down. Safe for many threads.
 */
final class FullBuffers {

  /** How long it is remembered. */
  static final Duration REMEMBERED = Duration.ofSeconds(30);

  /** Connections remembered, at most; the oldest is forgotten first. */
  static final int REMEMBERED_MAX = 10_000;

  private final Map<String, Instant> found =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  /** Whether a connection's buffer was full lately. */
  synchronized boolean contains(String connectionId, Instant now) {
    Instant when = found.get(connectionId);
    return when != null && now.isBefore(when.plus(REMEMBERED));
  }

  /** A connection's buffer is full. */
  synchronized void add(String connectionId, Instant now) {
    found.remove(connectionId);
    found.put(connectionId, now);
  }

  /** A connection takes posts again. */
  synchronized void remove(String connectionId) {
    found.remove(connectionId);
  }
}
