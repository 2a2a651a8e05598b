package io.roomlog.fanout.crowd;

import io.roomlog.core.Sha256;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.config.AwsSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Ranges on an SQS FIFO queue. The message group is the room: SQS keeps the order of a group, and
 * Lambda has one batch of a group in a function at a time
 * (docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html).
 */
public final class SqsRangeQueue implements RangeQueue {

  /** Messages that one call sends at most (SendMessageBatch in the SQS API reference). */
  static final int BATCH_MAX = 10;

  /** One try of one call. */
  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(2);

  /** A call with all its tries: other rooms' batches wait behind it. */
  private static final Duration CALL_MAX = Duration.ofSeconds(5);

  private static final String CALL = "SendMessageBatch";

  private final SqsClient sqs;
  private final String url;

  /**
   * A queue.
   *
   * @param sqs the client; its timeouts and retries bound every call
   * @param url the queue's
   */
  public SqsRangeQueue(SqsClient sqs, String url) {
    this.sqs = sqs;
    this.url = url;
  }

  /**
   * A client with bounded calls.
   *
   * @param aws where and as whom
   * @param endpoint instead of the region's SQS, or null
   * @param http what it sends with; closed with the client
   */
  public static SqsClient client(
      AwsSettings aws, @Nullable URI endpoint, SdkHttpClient.Builder<?> http) {
    var builder =
        aws.apply(SqsClient.builder(), ATTEMPT_MAX, CALL_MAX).httpClientBuilder(aws.http(http));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder.build();
  }

  @Override
  public void put(List<Range> ranges, String identity) {
    for (int done = 0; done < ranges.size(); done += BATCH_MAX) {
      send(ranges.subList(done, Math.min(ranges.size(), done + BATCH_MAX)), identity);
    }
  }

  private void send(List<Range> ranges, String identity) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (Range range : ranges) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .messageGroupId(range.room().value())
              .messageDeduplicationId(deduplicationId(range, identity))
              .messageBody(RangeJson.write(range))
              .build());
    }
    List<BatchResultErrorEntry> failed;
    try {
      failed = sqs.sendMessageBatch(request -> request.queueUrl(url).entries(entries)).failed();
    } catch (SdkException e) {
      throw new StorageUnavailable(CALL, reason(e), e);
    }
    if (!failed.isEmpty()) {
      String reason = failed.getFirst().code();
      throw new StorageUnavailable(
          CALL, reason, new IllegalStateException(failed.getFirst().message()));
    }
  }

  /** 64 characters, where up to 128 are allowed: a room's name alone may have those. */
  static String deduplicationId(Range range, String identity) {
    return Sha256.hex((RangeJson.write(range) + "\n" + identity).getBytes(StandardCharsets.UTF_8));
  }

  static String reason(SdkException e) {
    return e instanceof AwsServiceException answered && answered.awsErrorDetails() != null
        ? answered.awsErrorDetails().errorCode()
        : e.getClass().getSimpleName();
  }
}
