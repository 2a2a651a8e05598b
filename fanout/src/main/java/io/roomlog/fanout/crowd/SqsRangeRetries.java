package io.roomlog.fanout.crowd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;

/**
 * Changes the visibility timeouts of messages in flight. In a FIFO queue nothing of a group is
 * received while one of its messages is hidden
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html).
 */
public final class SqsRangeRetries implements RangeRetries {

  private static final Logger log = LoggerFactory.getLogger(SqsRangeRetries.class);

  private final SqsClient sqs;
  private final String url;

  /**
   * Those of a queue.
   *
   * @param sqs the client; its timeouts and retries bound every call
   * @param url the queue's
   */
  public SqsRangeRetries(SqsClient sqs, String url) {
    this.sqs = sqs;
    this.url = url;
  }

  @Override
  public void schedule(Map<String, Duration> waits) {
    if (waits.isEmpty()) {
      return;
    }
    List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
    waits.forEach(
        (receipt, wait) ->
            entries.add(
                ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(receipt)
                    .visibilityTimeout(Math.toIntExact(wait.toSeconds()))
                    .build()));
    try {
      sqs
          .changeMessageVisibilityBatch(request -> request.queueUrl(url).entries(entries))
          .failed()
          .stream()
          .map(BatchResultErrorEntry::code)
          .forEach(SqsRangeRetries::notTaken);
    } catch (SdkException e) {
      notTaken(SqsRangeQueue.reason(e));
    }
  }

  private static void notTaken(String reason) {
    log.atWarn().addKeyValue("reason", reason).log("range_retry_not_scheduled");
  }
}
