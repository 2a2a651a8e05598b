package io.roomlog.local.queues;

import io.roomlog.local.deployment.Queue;
import io.roomlog.local.deployment.QueueMapping;
import java.time.Duration;

/**
 * What SQS and Lambda take of a queue and of a mapping
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html,
 * docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html). A template is checked for all
 * of it when it is read, with the line; here it holds for whoever makes queues without one.
 */
final class QueueRules {
  /** The longest time that a message can be hidden. */
  static final Duration VISIBILITY_MAX = Duration.ofHours(12);

  static final Duration DELAY_MAX = Duration.ofMinutes(15);

  private static final Duration RETENTION_MIN = Duration.ofMinutes(1);
  private static final Duration RETENTION_MAX = Duration.ofDays(14);
  private static final int RECEIVES_MAX = 1_000;
  private static final int STANDARD_BATCH_MAX = 10_000;
  private static final Duration WINDOW_MAX = Duration.ofMinutes(5);
  private static final int CONCURRENCY_MIN = 2;
  private static final int CONCURRENCY_MAX = 1_000;

  private QueueRules() {}

  /**
   * Checks what SQS checks of a queue alone.
   *
   * @throws IllegalArgumentException if SQS would refuse it, with the property and its bounds
   */
  static void check(Queue queue) {
    String id = queue.logicalId();
    check(id, "VisibilityTimeout", queue.visibilityTimeout(), Duration.ZERO, VISIBILITY_MAX);
    check(id, "MessageRetentionPeriod", queue.retention(), RETENTION_MIN, RETENTION_MAX);
    check(id, "DelaySeconds", queue.delay(), Duration.ZERO, DELAY_MAX);
    if (queue.contentBasedDeduplication() && !queue.fifo()) {
      throw new IllegalArgumentException(
          id + ": ContentBasedDeduplication is for FIFO queues only");
    }
    queue
        .redriven()
        .ifPresent(to -> check(id, "maxReceiveCount", to.maximumReceives(), 1, RECEIVES_MAX));
  }

  /**
   * Checks what Lambda checks when a mapping is made.
   *
   * @param source the queue it reads
   * @param functionTimeout the timeout of the function it invokes
   * @throws IllegalArgumentException if Lambda would refuse it, with the property and its bounds
   */
  static void check(QueueMapping mapping, Queue source, Duration functionTimeout) {
    String id = mapping.logicalId();
    int batchMax = source.fifo() ? MessageQueue.RECEIVE_MAX : STANDARD_BATCH_MAX;
    Duration windowMax = source.fifo() ? Duration.ZERO : WINDOW_MAX;
    check(id, "BatchSize", mapping.batchSize(), 1, batchMax);
    check(
        id,
        "MaximumBatchingWindowInSeconds",
        mapping.batchingWindow().toSeconds(),
        0,
        windowMax.toSeconds());
    if (mapping.batchSize() > MessageQueue.RECEIVE_MAX && mapping.batchingWindow().isZero()) {
      throw new IllegalArgumentException(
          "%s: BatchSize %d is over %d and needs MaximumBatchingWindowInSeconds of 1 or more"
              .formatted(id, mapping.batchSize(), MessageQueue.RECEIVE_MAX));
    }
    if (mapping.maximumConcurrency() != null) {
      check(
          id, "MaximumConcurrency", mapping.maximumConcurrency(), CONCURRENCY_MIN, CONCURRENCY_MAX);
    }
    if (source.visibilityTimeout().compareTo(functionTimeout) < 0) {
      throw new IllegalArgumentException(
          "%s: queue visibility timeout: %d seconds is less than function timeout: %d seconds"
              .formatted(id, source.visibilityTimeout().toSeconds(), functionTimeout.toSeconds()));
    }
  }

  private static void check(
      String id, String property, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s: %s %d s is not %d to %d s"
              .formatted(id, property, value.toSeconds(), least.toSeconds(), most.toSeconds()));
    }
  }

  private static void check(String id, String property, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: %s %d is not %d to %d".formatted(id, property, value, least, most));
    }
  }
}
