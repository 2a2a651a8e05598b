package io.roomlog.local.deployment;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An SQS queue of the template
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html).
 *
 * @param logicalId its name in the template
 * @param name its physical name, which ends in {@code .fifo} if it is a FIFO queue
 * @param arn its ARN
 * @param url its URL on AWS, which is what {@code Ref} gives
 * @param contentBasedDeduplication whether the body's hash is the deduplication id (FIFO only)
 * @param visibilityTimeout how long a message that was received is hidden, 0 s to 12 h
 * @param delay how long a new message is hidden, 0–900 s
 * @param retention how long a message is kept, 60 s to 14 d
 * @param redrive where messages go that were received too often, or null
 */
public record Queue(
    String logicalId,
    String name,
    String arn,
    String url,
    boolean contentBasedDeduplication,
    Duration visibilityTimeout,
    Duration delay,
    Duration retention,
    @Nullable Redrive redrive) {

  /** What SQS takes where a template says nothing. */
  public static final Duration VISIBILITY_TIMEOUT_DEFAULT = Duration.ofSeconds(30);

  /** What SQS takes where a template says nothing. */
  public static final Duration RETENTION_DEFAULT = Duration.ofDays(4);

  /**
   * Where messages go that were received too often.
   *
   * @param queue the dead-letter queue's logical id
   * @param maximumReceives how often a message is received before it goes there, 1–1,000
   */
  public record Redrive(String queue, int maximumReceives) {}

  /** A standard queue with the service's defaults. */
  public Queue(String logicalId, String name, String arn) {
    this(
        logicalId,
        name,
        arn,
        "https://sqs.us-east-1.amazonaws.com/000000000000/" + name,
        false,
        VISIBILITY_TIMEOUT_DEFAULT,
        Duration.ZERO,
        RETENTION_DEFAULT,
        null);
  }

  /** Whether it is a FIFO queue, which its name says: messages of a group come in order. */
  public boolean fifo() {
    return name.endsWith(".fifo");
  }

  /** Where messages go that were received too often, if they go anywhere. */
  public Optional<Redrive> redriven() {
    return Optional.ofNullable(redrive);
  }
}
