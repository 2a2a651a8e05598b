package io.roomlog.local.template;

import io.roomlog.local.deployment.QueueMapping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event source mapping of a queue
 * (docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html).
 */
final class QueueMappingReader {
  /** What Lambda takes for a queue where nothing is said. */
  static final int BATCH_SIZE_DEFAULT = 10;

  /** The most messages a batch of a FIFO queue has, and of a standard one without a window. */
  static final int BATCH_SIZE_MAX_AT_ONCE = 10;

  private static final String SOURCE = "EventSourceArn";
  private static final String WINDOW = "MaximumBatchingWindowInSeconds";
  private static final Set<String> OF_STREAMS =
      Set.of(
          "StartingPosition",
          "ParallelizationFactor",
          "BisectBatchOnFunctionError",
          "MaximumRecordAgeInSeconds",
          "MaximumRetryAttempts",
          "DestinationConfig");
  private static final List<String> QUEUE_ACTIONS =
      List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");

  private final MappingParts parts;

  QueueMappingReader(MappingParts parts) {
    this.parts = parts;
  }

  Optional<QueueMapping> read(Stack.Sound mapping, Stack.Sound queue) {
    parts.refuse(mapping, OF_STREAMS, "a queue");
    return parts.function(mapping).map(function -> read(mapping, queue, function));
  }

  private QueueMapping read(Stack.Sound mapping, Stack.Sound queue, Stack.Sound function) {
    Properties properties = mapping.properties();
    QUEUE_ACTIONS.forEach(action -> parts.need(mapping, function, action, queue.arn(), SOURCE));
    int batchSize = properties.number("BatchSize", BATCH_SIZE_DEFAULT);
    Duration window = properties.seconds(WINDOW, Duration.ZERO);
    checkBatch(mapping, queue, batchSize, window);
    checkTimeout(mapping, queue, function);
    return new QueueMapping(
        mapping.logicalId(),
        queue.logicalId(),
        function.logicalId(),
        batchSize,
        window,
        parts.patterns(mapping),
        parts.reportsFailures(mapping),
        concurrency(properties));
  }

  private static @Nullable Integer concurrency(Properties properties) {
    int most = properties.under("ScalingConfig").number("MaximumConcurrency", 0);
    return most == 0 ? null : most;
  }

  private void checkBatch(Stack.Sound mapping, Stack.Sound queue, int batchSize, Duration window) {
    boolean isFifo = QueueReader.isFifo(queue);
    if (isFifo && batchSize > BATCH_SIZE_MAX_AT_ONCE) {
      String what = "BatchSize is " + batchSize + " and " + queue.logicalId() + " a FIFO queue";
      parts.tell(mapping, "BatchSize", what, "write 1 to " + BATCH_SIZE_MAX_AT_ONCE);
    }
    if (isFifo && window.isPositive()) {
      String what = WINDOW + " is " + window.toSeconds() + " on a FIFO queue";
      parts.tell(mapping, WINDOW, what, "remove it: FIFO queues have no window");
    }
    if (!isFifo && batchSize > BATCH_SIZE_MAX_AT_ONCE && window.isZero()) {
      String what = "BatchSize is " + batchSize + " without " + WINDOW;
      String mend = "write " + BATCH_SIZE_MAX_AT_ONCE + " or less, or a window of 1 to 300";
      parts.tell(mapping, "BatchSize", what, mend);
    }
  }

  private void checkTimeout(Stack.Sound mapping, Stack.Sound queue, Stack.Sound function) {
    Duration visibility = QueueReader.visibilityTimeout(queue);
    Duration timeout = FunctionReader.timeout(function);
    if (visibility.compareTo(timeout) < 0) {
      String what =
          "VisibilityTimeout of "
              + queue.logicalId()
              + " is "
              + visibility.toSeconds()
              + " s, Timeout of "
              + function.logicalId()
              + " "
              + timeout.toSeconds()
              + " s";
      parts.tell(
          mapping, SOURCE, what, "make VisibilityTimeout at least as long, better six times");
    }
  }
}
