package io.roomlog.local.queues;

import io.roomlog.local.deployment.Function;
import io.roomlog.local.deployment.QueueMapping;
import io.roomlog.local.functions.Functions;
import io.roomlog.local.stream.StopSignal;
import io.roomlog.local.stream.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All event source mappings of a deployment that read a queue.
 *
 * <p>Every message goes into the function until it is handled or its queue gives it up. Of a FIFO
 * queue, the messages of one group go in order, one batch of them at a time.
 */
public final class QueueMappings implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(QueueMappings.class);

  /** With how many concurrent batches Lambda begins. */
  private static final int CONCURRENCY_DEFAULT = 5;

  private final Queues queues;
  private final Functions functions;
  private final Duration stopLimit;
  private final StopSignal stop = new StopSignal();
  private final Workers workers = new Workers(Thread.ofVirtual().name("queue-", 0).factory());

  /**
   * Prepares mappings; nothing is received before {@link #start}.
   *
   * @param stopLimit how long a stop waits for batches in flight before it interrupts them
   */
  public QueueMappings(Queues queues, Functions functions, Duration stopLimit) {
    this.queues = queues;
    this.functions = functions;
    this.stopLimit = stopLimit;
  }

  /**
   * Starts mappings and returns; they run until {@link #stop}.
   *
   * @param deployed the functions that there are
   * @throws IllegalArgumentException if Lambda would refuse one of the mappings; nothing was
   *     started then
   */
  public void start(List<QueueMapping> mappings, List<Function> deployed) {
    var pollers = new ArrayList<QueuePoller>();
    for (var mapping : mappings) {
      var queue = queues.queue(mapping.queue());
      QueueRules.check(mapping, queue.settings(), function(mapping, deployed).timeout());
      for (int poller = 0; poller < concurrency(mapping); poller++) {
        pollers.add(new QueuePoller(mapping, queue, functions, stop));
      }
    }
    pollers.forEach(poller -> workers.start(poller::run));
  }

  private static int concurrency(QueueMapping mapping) {
    return mapping.maximumConcurrency() == null
        ? CONCURRENCY_DEFAULT
        : mapping.maximumConcurrency();
  }

  private static Function function(QueueMapping mapping, List<Function> deployed) {
    return deployed.stream()
        .filter(function -> function.logicalId().equals(mapping.function()))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: no function %s".formatted(mapping.logicalId(), mapping.function())));
  }

  /**
   * Ends all mappings: nothing more is received, each batch in a function finishes. One that takes
   * longer than the limit is interrupted, and its messages come back.
   *
   * @throws InterruptedException if the calling thread is interrupted; the mappings are interrupted
   *     then too
   */
  public void stop() throws InterruptedException {
    stop.stop();
    try {
      if (!workers.awaitEnd(stopLimit)) {
        log.atWarn().addKeyValue("afterMillis", stopLimit.toMillis()).log("batch_interrupted");
      }
    } finally {
      workers.interrupt();
    }
  }

  /** Stops as {@link #stop} does; an interrupt ends the wait and stays set. */
  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
