package io.roomlog.local.deployment;

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
 * @param batchSize messages a batch at most: 1–10,000, of a FIFO queue 1–10; more than 10 only with
 *     a window
 * @param batchingWindow how long messages are gathered, 0–300 s, of a FIFO queue 0
 * @param filterPatterns a message passes if one of them matches; all pass if there is none
 * @param reportBatchItemFailures whether the function's answer names what failed
 * @param maximumConcurrency invocations at once at most, 2–1,000, or null for 5, with which Lambda
 *     begins
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

  /** Copies what is given. */
  public QueueMapping {
    filterPatterns = List.copyOf(filterPatterns);
  }
}
