package io.roomlog.local.queues;

import io.roomlog.local.deployment.QueueMapping;
import io.roomlog.local.functions.Functions;
import io.roomlog.local.stream.EventFilter;
import io.roomlog.local.stream.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Brings one batch of a queue after another into a function; a mapping has as many of them as its
 * concurrency. What the function does not handle comes back when its visibility timeout is over,
 * and goes to the dead-letter queue when it has come too often: the queue sees to both.
 */
final class QueuePoller {
  private static final Logger log = LoggerFactory.getLogger(QueuePoller.class);

  /** How long one wait for messages lasts; a stop is noticed no later. */
  private static final Duration POLL = Duration.ofMillis(250);

  private final QueueMapping mapping;
  private final MessageQueue queue;
  private final EventFilter filter;
  private final Functions functions;
  private final StopSignal stop;

  QueuePoller(QueueMapping mapping, MessageQueue queue, Functions functions, StopSignal stop) {
    this.mapping = mapping;
    this.queue = queue;
    this.filter = new EventFilter(mapping.filterPatterns());
    this.functions = functions;
    this.stop = stop;
  }

  /** Returns on a stop; a batch in the function is finished first. */
  void run() {
    try {
      while (!stop.stopped()) {
        var batch = passing(gather());
        if (!batch.isEmpty()) {
          deliver(batch);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** With a window, messages are gathered from the first until it is over or the batch is full. */
  private List<ReceivedMessage> gather() throws InterruptedException {
    var batch = new ArrayList<>(receive(mapping.batchSize(), POLL));
    if (batch.isEmpty() || mapping.batchingWindow().isZero()) {
      return batch;
    }
    long end = System.nanoTime() + mapping.batchingWindow().toNanos();
    while (batch.size() < mapping.batchSize()
        && EventSize.of(batch, queue.settings().arn()) < EventSize.BYTES_MAX) {
      var left = Duration.ofNanos(end - System.nanoTime());
      if (stop.stopped() || !left.isPositive()) {
        break;
      }
      batch.addAll(
          receive(mapping.batchSize() - batch.size(), left.compareTo(POLL) < 0 ? left : POLL));
    }
    return batch;
  }

  private List<ReceivedMessage> receive(int most, Duration wait) throws InterruptedException {
    return queue.receive(Math.min(most, MessageQueue.RECEIVE_MAX), null, wait);
  }

  /** Messages that do not pass the filter are deleted, as Lambda does. */
  private List<ReceivedMessage> passing(List<ReceivedMessage> received) {
    var passing = new ArrayList<ReceivedMessage>();
    for (var message : received) {
      if (filter.passes(MessageJson.filterable(message, queue.settings().arn()))) {
        passing.add(message);
      } else {
        queue.delete(message.receiptHandle());
      }
    }
    return passing;
  }

  /**
   * Invokes the function with messages that were received together, as often as their size demands.
   * After a FIFO batch that was not handled whole, the rest would overtake it: it is left to come
   * back too.
   */
  private void deliver(List<ReceivedMessage> received) throws InterruptedException {
    for (var batch : EventSize.split(received, queue.settings().arn())) {
      boolean whole = invokeAndDelete(batch);
      if (!whole && queue.settings().fifo()) {
        return;
      }
    }
  }

  private boolean invokeAndDelete(List<ReceivedMessage> batch) throws InterruptedException {
    var outcome = invoke(MessageJson.event(batch, queue.settings().arn()));
    var handled = QueueAnswer.handled(outcome, batch, mapping.reportBatchItemFailures());
    handled.forEach(message -> queue.delete(message.receiptHandle()));
    boolean whole = handled.size() == batch.size();
    log.atLevel(whole ? Level.DEBUG : Level.WARN)
        .addKeyValue("mapping", mapping.logicalId())
        .addKeyValue("messages", batch.size())
        .addKeyValue("handled", handled.size())
        .log("queue_batch");
    return whole;
  }

  /** A bug in the call must not end the mapping: the messages come back like any that failed. */
  private Functions.Outcome invoke(String event) throws InterruptedException {
    try {
      return functions.invoke(mapping.function(), event);
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("mapping", mapping.logicalId())
          .setCause(e)
          .log("queue_invocation_failed");
      return new Functions.Outcome.Failed(e.getClass().getName(), String.valueOf(e.getMessage()));
    }
  }
}
