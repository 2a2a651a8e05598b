package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When what a batch did not handle comes again. Left alone it is hidden for the queue's visibility
 * timeout, and everything of its room with it; that timeout is longer than the function may run,
 * and most troubles are shorter.
 */
final class CrowdRetries {

  /** After the first failure; twice as long after each further one. */
  static final Duration FIRST = Duration.ofSeconds(5);

  /** Within the queue's visibility timeout. */
  static final Duration MOST = Duration.ofSeconds(320);

  private static final String RECEIPTS = "ApproximateReceiveCount";
  private static final int RECEIPTS_MAX = 1_000;

  private CrowdRetries() {}

  /**
   * How long each waits. Those of one group wait for the same time, by the one that has been
   * received the most often: it is the one that fails.
   *
   * @param messages of a batch
   * @param failed the ids of those that are not handled
   * @return by receipt handle
   */
  static Map<String, Duration> waits(List<SQSMessage> messages, List<String> failed) {
    Set<String> ids = new HashSet<>(failed);
    List<SQSMessage> left =
        messages.stream()
            .filter(each -> each.getReceiptHandle() != null && ids.contains(each.getMessageId()))
            .toList();
    Map<String, Integer> receipts = new HashMap<>();
    left.forEach(each -> receipts.merge(CrowdBatch.group(each), receipts(each), Math::max));
    Map<String, Duration> waits = new HashMap<>();
    left.forEach(
        each ->
            waits.put(
                each.getReceiptHandle(), after(receipts.getOrDefault(CrowdBatch.group(each), 1))));
    return waits;
  }

  private static int receipts(SQSMessage message) {
    Map<String, String> attributes = message.getAttributes();
    String count = attributes == null ? null : attributes.get(RECEIPTS);
    try {
      return count == null ? 1 : Math.clamp(Long.parseLong(count), 1, RECEIPTS_MAX);
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private static Duration after(int receipts) {
    Duration wait = FIRST;
    for (int i = 1; i < receipts && wait.compareTo(MOST) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(MOST) < 0 ? wait : MOST;
  }
}
