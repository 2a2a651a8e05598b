package io.roomlog.local.queues;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event source mapping from a queue to a function, with Lambda's meaning of every property
 * (docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html).
 *
 * @param logicalId its name in the template
 * @param queue the logical id of the queue it reads
 * @param function the logical id of the function it invokes
 * @param batchSize messages a batch at most: 1–10 for a FIFO queue, 1–10,000 for a standard one,
 *     more than 10 only with a batching window
 * @param batchingWindow how long messages are gathered, 0–300 s; standard queues only
 * @param filterPatterns a message passes if one of them matches; all pass if there is none
 * @param reportBatchItemFailures whether the function's answer names what failed
 * @param maximumConcurrency how many batches are in the function at once, 2–1,000, or null for
 *     {@value #CONCURRENCY_DEFAULT}
 */
public record QueueMapping(
    String logicalId,
    String queue,
    String function,
    int batchSize,
    Duration batchingWindow,
    List<String> filterPatterns,
    boolean reportBatchItemFailures,
    @Nullable Integer maximumConcurrency) {
  /** With how many concurrent batches Lambda begins. */
  static final int CONCURRENCY_DEFAULT = 5;

  private static final int STANDARD_BATCH_MAX = 10_000;
  private static final Duration WINDOW_MAX = Duration.ofMinutes(5);
  private static final int CONCURRENCY_MIN = 2;
  private static final int CONCURRENCY_MAX = 1_000;

  /** Copies what is given. */
  public QueueMapping {
    filterPatterns = List.copyOf(filterPatterns);
  }

  /**
   * Checks what Lambda checks when the mapping is made.
   *
   * @param source the queue it reads
   * @param functionTimeout the timeout of the function it invokes
   * @throws IllegalArgumentException if Lambda would refuse it, with the property and its bounds
   */
  void check(QueueSettings source, Duration functionTimeout) {
    check("BatchSize", batchSize, 1, source.fifo() ? MessageQueue.RECEIVE_MAX : STANDARD_BATCH_MAX);
    check(
        "MaximumBatchingWindowInSeconds",
        batchingWindow.toSeconds(),
        0,
        source.fifo() ? 0 : WINDOW_MAX.toSeconds());
    if (batchSize > MessageQueue.RECEIVE_MAX && batchingWindow.isZero()) {
      throw new IllegalArgumentException(
          "%s: BatchSize %d is over %d and needs MaximumBatchingWindowInSeconds of 1 or more"
              .formatted(logicalId, batchSize, MessageQueue.RECEIVE_MAX));
    }
    if (maximumConcurrency != null) {
      check("MaximumConcurrency", maximumConcurrency, CONCURRENCY_MIN, CONCURRENCY_MAX);
    }
    if (source.visibilityTimeout().compareTo(functionTimeout) < 0) {
      throw new IllegalArgumentException(
          "%s: queue visibility timeout: %d seconds is less than function timeout: %d seconds"
              .formatted(
                  logicalId, source.visibilityTimeout().toSeconds(), functionTimeout.toSeconds()));
    }
  }

  private void check(String property, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: %s %d is not %d to %d".formatted(logicalId, property, value, least, most));
    }
  }

  int concurrency() {
    return maximumConcurrency == null ? CONCURRENCY_DEFAULT : maximumConcurrency;
  }
}
