package io.roomlog.local.queues;

import static io.roomlog.local.queues.QueueFixtures.fifo;
import static io.roomlog.local.queues.QueueFixtures.queues;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.roomlog.local.stream.ManualClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MessageJsonTest {
  private final ManualClock clock = new ManualClock(QueueFixtures.START);
  private final MessageQueue queue = queues(clock, fifo("Queue")).queue("Queue");

  @Test
  void theEventIsTheOneThatItsClassReads() {
    var attributes =
        Map.of(
            "kind", new MessageAttribute("String", "range", null),
            "blob", new MessageAttribute("Binary", null, "aGk="));
    queue.send(new OutgoingMessage("hello", "room", "id-1", null, attributes));
    var received = queue.receive(1, null);
    var message = read(MessageJson.event(received, queue.settings().arn())).getRecords().getFirst();
    assertThat(message.getMessageId()).isEqualTo(received.getFirst().messageId());
    assertThat(message.getReceiptHandle()).isEqualTo(received.getFirst().receiptHandle());
    assertThat(message.getBody()).isEqualTo("hello");
    assertThat(message.getMd5OfBody()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(message.getEventSource()).isEqualTo("aws:sqs");
    assertThat(message.getEventSourceArn())
        .isEqualTo("arn:aws:sqs:eu-central-1:000000000000:queue.fifo");
    assertThat(message.getAwsRegion()).isEqualTo("eu-central-1");
    assertThat(message.getAttributes())
        .containsEntry("ApproximateReceiveCount", "1")
        .containsEntry("SentTimestamp", "1767225600000")
        .containsEntry("ApproximateFirstReceiveTimestamp", "1767225600000")
        .containsEntry("MessageGroupId", "room")
        .containsEntry("MessageDeduplicationId", "id-1")
        .containsEntry("SequenceNumber", "00000000000000000001")
        .containsKey("SenderId");
    assertThat(message.getMessageAttributes()).containsOnlyKeys("kind", "blob");
    var kind = Objects.requireNonNull(message.getMessageAttributes().get("kind"));
    assertThat(kind.getDataType()).isEqualTo("String");
    assertThat(kind.getStringValue()).isEqualTo("range");
    var blob = Objects.requireNonNull(message.getMessageAttributes().get("blob"));
    assertThat(StandardCharsets.UTF_8.decode(blob.getBinaryValue()).toString()).isEqualTo("hi");
  }

  private static SQSEvent read(String event) {
    return LambdaEventSerializers.serializerFor(SQSEvent.class, SQSEvent.class.getClassLoader())
        .fromJson(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
  }
}
