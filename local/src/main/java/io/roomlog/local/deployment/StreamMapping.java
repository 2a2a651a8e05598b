package io.roomlog.local.deployment;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event source mapping from a table's stream to a function, with Lambda's meaning of every
 * property (docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html).
 *
 * @param logicalId its name in the template
 * @param table the logical id of the table whose stream it reads
 * @param function the logical id of the function it invokes
 * @param startingPosition {@code TRIM_HORIZON} or {@code LATEST}
 * @param batchSize records a batch at most, 1–10,000
 * @param batchingWindow how long records are gathered, 0–300 s
 * @param parallelizationFactor concurrent batches a shard, 1–10
 * @param filterPatterns a record passes if one of them matches; all pass if there is none
 * @param reportBatchItemFailures whether the function's answer names what failed
 * @param bisectOnError whether a failed batch is halved before it is tried again
 * @param maximumRecordAge after which a record is given up, or null for never
 * @param maximumRetryAttempts after which a batch is given up, or null for never
 * @param onFailureQueue the logical id of the queue told of a batch given up, or null
 */
public record StreamMapping(
    String logicalId,
    String table,
    String function,
    String startingPosition,
    int batchSize,
    Duration batchingWindow,
    int parallelizationFactor,
    List<String> filterPatterns,
    boolean reportBatchItemFailures,
    boolean bisectOnError,
    @Nullable Duration maximumRecordAge,
    @Nullable Integer maximumRetryAttempts,
    @Nullable String onFailureQueue) {

  /** Copies what is given. */
  public StreamMapping {
    filterPatterns = List.copyOf(filterPatterns);
  }
}
