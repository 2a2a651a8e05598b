package io.roomlog.fanout.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;

class SqsRangeRetriesTest {

  private final Sqs sqs = new Sqs();
  private final RangeRetries retries = new SqsRangeRetries(sqs, "url");

  @Test
  void eachMessageHasATimeOfItsOwnInOneCall() {
    retries.schedule(Map.of("a", Duration.ofSeconds(5), "b", Duration.ofSeconds(320)));
    assertThat(sqs.asked)
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.queueUrl()).isEqualTo("url");
              assertThat(call.entries())
                  .extracting(
                      ChangeMessageVisibilityBatchRequestEntry::receiptHandle,
                      ChangeMessageVisibilityBatchRequestEntry::visibilityTimeout)
                  .containsExactlyInAnyOrder(tuple("a", 5), tuple("b", 320));
              assertThat(call.entries()).extracting(each -> each.id()).doesNotHaveDuplicates();
            });
  }

  @Test
  void nothingIsAskedForNothing() {
    retries.schedule(Map.of());
    assertThat(sqs.asked).isEmpty();
  }

  @Test
  void whatTheQueueDoesNotTakeComesWhenItWould() {
    sqs.failed =
        BatchResultErrorEntry.builder().id("0").code("MessageNotInflight").message("no").build();
    assertThatNoException().isThrownBy(() -> retries.schedule(Map.of("a", Duration.ofSeconds(5))));
    sqs.thrown = SdkClientException.create("timed out");
    assertThatNoException().isThrownBy(() -> retries.schedule(Map.of("a", Duration.ofSeconds(5))));
  }

  private static final class Sqs implements SqsClient {
    private final List<ChangeMessageVisibilityBatchRequest> asked = new ArrayList<>();
    private @Nullable BatchResultErrorEntry failed;
    private @Nullable RuntimeException thrown;

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
        ChangeMessageVisibilityBatchRequest request) {
      asked.add(request);
      if (thrown != null) {
        throw thrown;
      }
      return ChangeMessageVisibilityBatchResponse.builder()
          .failed(failed == null ? List.of() : List.of(failed))
          .build();
    }

    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {}
  }
}
