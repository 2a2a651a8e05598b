package io.roomlog.fanout;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers, as long as the execution environment lives, which connections did not answer. The
 * batch waits for its slowest connection, and one that hangs gets no 410, so without this it would
 * hold up every batch of its room, and with it the batches of all others. Safe for many threads.
 */
final class Silent {

  /** Batches in a row without an answer after which a connection is left alone. */
  static final int STRIKES_MAX = 2;

  /** How long it is left alone. */
  static final Duration LEFT_ALONE = Duration.ofSeconds(30);

  /** Connections remembered, at most; the oldest is forgotten first. */
  static final int REMEMBERED_MAX = 1_000;

  private record Strikes(int count, Instant last) {}

  private final Map<String, Strikes> connections =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Strikes> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  synchronized boolean isLeftAlone(String connectionId, Instant now) {
    Strikes strikes = connections.get(connectionId);
    return strikes != null
        && strikes.count() >= STRIKES_MAX
        && now.isBefore(strikes.last().plus(LEFT_ALONE));
  }

  /** Takes down how a connection fared in a batch. */
  synchronized void note(String connectionId, boolean noAnswer, Instant now) {
    if (noAnswer) {
      connections.merge(
          connectionId, new Strikes(1, now), (old, _) -> new Strikes(old.count() + 1, now));
    } else {
      connections.remove(connectionId);
    }
  }
}
