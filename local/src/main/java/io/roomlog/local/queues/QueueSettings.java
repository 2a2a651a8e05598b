package io.roomlog.local.queues;

import io.roomlog.local.deployment.Queue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a queue is made with
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html).
 *
 * @param logicalId its name in the template
 * @param name its physical name, which ends in {@code .fifo} if it is a FIFO queue
 * @param arn its ARN
 * @param contentBasedDeduplication whether a message without a deduplication id has the digest of
 *     its body for one (FIFO only)
 * @param visibilityTimeout how long a received message is hidden, at most 12 h
 * @param retention how long a message is kept, 60 s to 14 days
 * @param delay how long a message is hidden at first, at most 15 min
 * @param redrive where messages go that nobody manages to handle, or null
 */
public record QueueSettings(
    String logicalId,
    String name,
    String arn,
    boolean contentBasedDeduplication,
    Duration visibilityTimeout,
    Duration retention,
    Duration delay,
    @Nullable Redrive redrive) {
  /** The longest time that a message can be hidden. */
  public static final Duration VISIBILITY_MAX = Duration.ofHours(12);

  static final Duration DELAY_MAX = Duration.ofMinutes(15);
  private static final Duration RETENTION_MIN = Duration.ofMinutes(1);
  private static final Duration RETENTION_MAX = Duration.ofDays(14);
  private static final int RECEIVES_MAX = 1_000;

  /**
   * A redrive policy.
   *
   * @param deadLetterQueue the logical id of a queue of the same type
   * @param maxReceiveCount how often a message is received before it is moved there, 1–1,000
   */
  public record Redrive(String deadLetterQueue, int maxReceiveCount) {
    /**
     * Checks the count.
     *
     * @throws IllegalArgumentException if it is out of bounds
     */
    public Redrive {
      if (maxReceiveCount < 1 || maxReceiveCount > RECEIVES_MAX) {
        throw new IllegalArgumentException(
            "maxReceiveCount %d is not 1 to %d".formatted(maxReceiveCount, RECEIVES_MAX));
      }
    }
  }

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a property is out of its bounds, with its name
   */
  public QueueSettings {
    check(logicalId, "VisibilityTimeout", visibilityTimeout, Duration.ZERO, VISIBILITY_MAX);
    check(logicalId, "MessageRetentionPeriod", retention, RETENTION_MIN, RETENTION_MAX);
    check(logicalId, "DelaySeconds", delay, Duration.ZERO, DELAY_MAX);
    if (contentBasedDeduplication && !name.endsWith(".fifo")) {
      throw new IllegalArgumentException(
          logicalId + ": ContentBasedDeduplication is for FIFO queues only");
    }
  }

  private static void check(
      String queue, String property, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s: %s %d s is not %d to %d s"
              .formatted(queue, property, value.toSeconds(), least.toSeconds(), most.toSeconds()));
    }
  }

  /** The settings of a queue whose template says nothing of them. */
  public static QueueSettings of(Queue queue) {
    return new QueueSettings(
        queue.logicalId(),
        queue.name(),
        queue.arn(),
        false,
        Duration.ofSeconds(30),
        Duration.ofDays(4),
        Duration.ZERO,
        null);
  }

  /** Whether it is a FIFO queue, which its name says. */
  public boolean fifo() {
    return name.endsWith(".fifo");
  }
}
