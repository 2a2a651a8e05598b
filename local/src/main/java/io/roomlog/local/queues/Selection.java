package io.roomlog.local.queues;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which messages a receive brings. */
final class Selection {
  /** The most messages that can be received and not yet deleted. */
  static final int IN_FLIGHT_MAX = 120_000;

  private Selection() {}

  /**
   * Chooses of a queue's messages.
   *
   * @param messages in the order in which they were sent
   * @throws RefusedException if too many messages are in flight
   */
  static List<StoredMessage> of(
      Collection<StoredMessage> messages, boolean fifo, int most, Instant now) {
    var inFlight = messages.stream().filter(each -> each.isInFlight(now)).toList();
    if (inFlight.size() >= IN_FLIGHT_MAX) {
      throw new RefusedException(
          "OverLimit", "%d messages are in flight; no more can be".formatted(inFlight.size()));
    }
    if (!fifo) {
      return messages.stream().filter(each -> each.isVisible(now)).limit(most).toList();
    }
    var busy = new HashSet<@Nullable String>();
    inFlight.forEach(each -> busy.add(each.content.groupId()));
    return byGroup(messages, busy, now).stream().limit(most).toList();
  }

  /** Free groups one after another, in the order of their first messages. */
  private static List<StoredMessage> byGroup(
      Collection<StoredMessage> messages, Set<@Nullable String> busy, Instant now) {
    var groups = new LinkedHashMap<@Nullable String, List<StoredMessage>>();
    for (var message : messages) {
      var group = message.content.groupId();
      if (!message.isVisible(now)) {
        // A message that is still delayed holds back those sent to its group after it.
        busy.add(group);
      } else if (!busy.contains(group)) {
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(message);
      }
    }
    return groups.values().stream().flatMap(List::stream).toList();
  }
}
