package io.roomlog.fanout.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

class SqsRangeQueueTest {

  private static final RoomName ROOM = new RoomName("lobby");

  private final Sqs sqs = new Sqs();
  private final SqsRangeQueue queue = new SqsRangeQueue(sqs, "url");

  @Test
  void aRangeIsAMessageInTheGroupOfItsRoom() {
    queue.put(List.of(range(1)), "s1");
    assertThat(sqs.sent).singleElement().satisfies(call -> assertThat(call).hasSize(1));
    assertThat(sqs.sent.getFirst().getFirst().messageGroupId()).isEqualTo("lobby");
    assertThat(sqs.sent.getFirst().getFirst().messageBody())
        .isEqualTo("{\"v\":1,\"room\":\"lobby\",\"from\":1,\"to\":1}");
  }

  @Test
  void tenRangesAreOneCallAndElevenAreTwoInOrder() {
    queue.put(ranges(10), "s");
    assertThat(sqs.sent).hasSize(1);
    queue.put(ranges(11), "t");
    assertThat(sqs.sent).hasSize(3);
    assertThat(sqs.sent.get(1)).extracting(each -> each.id()).doesNotHaveDuplicates();
    assertThat(RangeJson.read(sqs.sent.get(2).getFirst().messageBody()))
        .isEqualTo(new RangeJson.Reading.Read(range(11)));
  }

  @Test
  void theSameRangeOfTheSameRecordsHasTheSameDeduplicationIdAndNoOtherHas() {
    String id = SqsRangeQueue.deduplicationId(range(1), "s1,s2");
    assertThat(id).hasSize(64).matches("[0-9a-f]+");
    assertThat(SqsRangeQueue.deduplicationId(range(1), "s1,s2")).isEqualTo(id);
    assertThat(SqsRangeQueue.deduplicationId(range(2), "s1,s2")).isNotEqualTo(id);
    assertThat(SqsRangeQueue.deduplicationId(range(1), "s1,s3")).isNotEqualTo(id);
    assertThat(
            SqsRangeQueue.deduplicationId(
                new Range(new RoomName("other"), 1, 1, Set.of()), "s1,s2"))
        .isNotEqualTo(id);
  }

  @Test
  void aMessageThatTheQueueDidNotTakeIsAFailureOfAll() {
    sqs.failed =
        BatchResultErrorEntry.builder().id("3").code("InternalError").message("again").build();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> queue.put(ranges(5), "s"))
        .withMessage("SendMessageBatch: InternalError");
  }

  @Test
  void aQueueThatCannotBeReachedIsAFailure() {
    sqs.thrown = SdkClientException.create("timed out");
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> queue.put(ranges(1), "s"))
        .withMessage("SendMessageBatch: SdkClientException");
  }

  private static List<Range> ranges(int count) {
    List<Range> ranges = new ArrayList<>();
    for (int position = 1; position <= count; position++) {
      ranges.add(range(position));
    }
    return ranges;
  }

  private static Range range(long position) {
    return new Range(ROOM, position, position, Set.of());
  }

  private static final class Sqs implements SqsClient {
    private final List<List<SendMessageBatchRequestEntry>> sent = new ArrayList<>();
    private @Nullable BatchResultErrorEntry failed;
    private @Nullable SdkClientException thrown;

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
      if (thrown != null) {
        throw thrown;
      }
      assertThat(request.queueUrl()).isEqualTo("url");
      sent.add(request.entries());
      return failed == null
          ? SendMessageBatchResponse.builder().failed(List.of()).build()
          : SendMessageBatchResponse.builder().failed(failed).build();
    }

    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {}
  }
}
