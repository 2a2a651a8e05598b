package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.RangeJson;
import io.roomlog.fanout.crowd.RangeQueue;
import io.roomlog.fanout.crowd.RangeRetries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A queue that keeps what it is given and knows what it has been given before. */
final class ScriptedQueue implements RangeQueue, RangeRetries {

  private final Set<String> known = new HashSet<>();
  private final List<SQSMessage> messages = new ArrayList<>();
  private final Map<String, Integer> receipts = new HashMap<>();
  private final Map<String, Duration> waits = new HashMap<>();
  private int sent;
  private boolean failing;

  /** The next put fails, after the queue has taken the ranges. */
  void loseTheNextAnswer() {
    failing = true;
  }

  @Override
  public synchronized void put(List<Range> ranges, String identity) {
    for (Range range : ranges) {
      if (known.add(range + identity)) {
        send(range.room().value(), RangeJson.write(range));
      }
    }
    if (failing) {
      failing = false;
      throw new StorageUnavailable("SendMessageBatch", "injected", new RuntimeException());
    }
  }

  /** Sends whatever it is. */
  synchronized String send(String group, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("m" + ++sent);
    message.setReceiptHandle("receipt of m" + sent);
    message.setBody(body);
    message.setAttributes(Map.of("MessageGroupId", group));
    messages.add(message);
    return message.getMessageId();
  }

  /** The bodies that wait. */
  synchronized List<String> waiting() {
    return messages.stream().map(SQSMessage::getBody).toList();
  }

  /**
   * One invocation, as Lambda makes it; what it did not handle stays.
   *
   * @return the ids of what it did not handle
   */
  List<String> invoke(Crowd crowd, @Nullable Context context) {
    SQSEvent batch = batch();
    List<String> failed =
        crowd.handleRequest(batch, context).getBatchItemFailures().stream()
            .map(BatchItemFailure::getItemIdentifier)
            .toList();
    handled(batch, failed);
    return failed;
  }

  /** Up to ten messages, as Lambda hands them over; they wait until they are deleted. */
  synchronized SQSEvent batch() {
    SQSEvent event = new SQSEvent();
    event.setRecords(messages.stream().limit(10).toList());
    event.getRecords().forEach(this::receive);
    waits.clear();
    return event;
  }

  private void receive(SQSMessage message) {
    int count = receipts.merge(message.getMessageId(), 1, Integer::sum);
    Map<String, String> attributes = new HashMap<>(message.getAttributes());
    attributes.put("ApproximateReceiveCount", Integer.toString(count));
    message.setAttributes(attributes);
  }

  @Override
  public synchronized void schedule(Map<String, Duration> receiptsAndWaits) {
    waits.putAll(receiptsAndWaits);
  }

  /** How long what the last batch left is hidden, by receipt handle. */
  synchronized Map<String, Duration> waits() {
    return Map.copyOf(waits);
  }

  /** Deletes what was in a batch and did not fail, as Lambda does. */
  synchronized void handled(SQSEvent batch, List<String> failed) {
    messages.removeIf(
        message ->
            batch.getRecords().contains(message) && !failed.contains(message.getMessageId()));
  }
}
