package io.roomlog.local.queues;

import static io.roomlog.local.queues.QueueFixtures.bodies;
import static io.roomlog.local.queues.QueueFixtures.queues;
import static io.roomlog.local.queues.QueueFixtures.standard;
import static io.roomlog.local.queues.QueueFixtures.withTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.queues.MessageQueue.Depth;
import io.roomlog.local.queues.MessageQueue.Visibility;
import io.roomlog.local.stream.ManualClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A standard queue. */
class MessageQueueTest {
  private final ManualClock clock = new ManualClock(QueueFixtures.START);
  private final MessageQueue queue = queues(clock, standard("Queue")).queue("Queue");

  @Test
  void aMessageIsReceivedAsItWasSent() {
    var attributes = Map.of("kind", new MessageAttribute("String", "range", null));
    var sent = queue.send(new OutgoingMessage("hello", null, null, null, attributes));
    clock.pass(Duration.ofSeconds(2));
    var received = queue.receive(10, null).getFirst();
    assertThat(received.messageId()).isEqualTo(sent.messageId());
    assertThat(received.body()).isEqualTo("hello");
    assertThat(received.attributes()).isEqualTo(attributes);
    assertThat(received.sentAt()).isEqualTo(QueueFixtures.START);
    assertThat(received.firstReceivedAt()).isEqualTo(clock.instant());
    assertThat(received.receiveCount()).isEqualTo(1);
    assertThat(received.sequenceNumber()).isNull();
  }

  @Test
  void aReceivedMessageIsHiddenForItsVisibilityTimeoutAndThenComesBack() {
    queue.send(OutgoingMessage.of("a"));
    var first = queue.receive(1, null).getFirst();
    clock.pass(Duration.ofMillis(29_999));
    assertThat(queue.receive(1, null)).isEmpty();
    clock.pass(Duration.ofMillis(1));
    var second = queue.receive(1, null).getFirst();
    assertThat(second.messageId()).isEqualTo(first.messageId());
    assertThat(second.receiveCount()).isEqualTo(2);
    assertThat(second.firstReceivedAt()).isEqualTo(QueueFixtures.START);
    assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
  }

  @Test
  void aReceiveMayHideMessagesForAnotherTime() {
    queue.send(OutgoingMessage.of("a"));
    assertThat(queue.receive(1, Duration.ofSeconds(1))).hasSize(1);
    clock.pass(Duration.ofSeconds(1));
    assertThat(queue.receive(1, Duration.ZERO)).hasSize(1);
    assertThat(queue.receive(1, null)).hasSize(1);
  }

  @Test
  void aDeletedMessageNeverComesBack() {
    queue.send(OutgoingMessage.of("a"));
    assertThat(queue.delete(queue.receive(1, null).getFirst().receiptHandle())).isTrue();
    clock.pass(Duration.ofHours(1));
    assertThat(queue.receive(1, null)).isEmpty();
  }

  @Test
  void anOutdatedReceiptDeletesNothing() {
    queue.send(OutgoingMessage.of("a"));
    var outdated = queue.receive(1, null).getFirst();
    clock.pass(QueueFixtures.VISIBILITY);
    var current = queue.receive(1, null).getFirst();
    assertThat(queue.delete(outdated.receiptHandle())).isFalse();
    assertThat(queue.delete(current.receiptHandle())).isTrue();
    assertThat(queue.delete(current.receiptHandle())).isFalse();
  }

  @Test
  void theLastReceiptDeletesAlsoWhenTheMessageIsVisibleAgain() {
    queue.send(OutgoingMessage.of("a"));
    var late = queue.receive(1, null).getFirst();
    clock.pass(QueueFixtures.VISIBILITY);
    assertThat(queue.delete(late.receiptHandle())).isTrue();
  }

  @Test
  void aChangeOfVisibilityCountsFromNow() {
    queue.send(OutgoingMessage.of("a"));
    var received = queue.receive(1, null).getFirst();
    clock.pass(Duration.ofSeconds(29));
    assertThat(queue.changeVisibility(received.receiptHandle(), Duration.ofSeconds(60)))
        .isEqualTo(new Visibility.Changed());
    clock.pass(Duration.ofSeconds(59));
    assertThat(queue.receive(1, null)).isEmpty();
    assertThat(queue.changeVisibility(received.receiptHandle(), Duration.ZERO))
        .isEqualTo(new Visibility.Changed());
    assertThat(queue.receive(1, null)).hasSize(1);
  }

  @Test
  void onlyAMessageInFlightChangesItsVisibility() {
    queue.send(OutgoingMessage.of("a"));
    var received = queue.receive(1, null).getFirst();
    clock.pass(QueueFixtures.VISIBILITY);
    assertThat(queue.changeVisibility(received.receiptHandle(), Duration.ZERO))
        .isEqualTo(new Visibility.NotInFlight());
    assertThat(queue.changeVisibility("unknown", Duration.ZERO))
        .isEqualTo(new Visibility.NotInFlight());
  }

  @Test
  void visibilityIsAtMostTwelveHours() {
    queue.send(OutgoingMessage.of("a"));
    var handle = queue.receive(1, null).getFirst().receiptHandle();
    assertThat(queue.changeVisibility(handle, Duration.ofHours(12)))
        .isEqualTo(new Visibility.Changed());
    assertThatThrownBy(() -> queue.changeVisibility(handle, Duration.ofSeconds(43_201)))
        .isInstanceOf(RefusedException.class)
        .hasMessage("VisibilityTimeout 43201 s is not 0 to 43200 s");
  }

  @Test
  void messagesAreForgottenAfterTheRetention() {
    queue.send(OutgoingMessage.of("a"));
    clock.pass(Duration.ofDays(4));
    assertThat(queue.depth()).isEqualTo(new Depth(1, 0, 0));
    clock.pass(Duration.ofNanos(1));
    assertThat(queue.receive(1, null)).isEmpty();
    assertThat(queue.depth()).isEqualTo(new Depth(0, 0, 0));
  }

  @Test
  void aDelayHidesAMessageAtFirst() {
    var settings =
        withTimes(
            standard("Slow"), QueueFixtures.VISIBILITY, Duration.ofDays(4), Duration.ofSeconds(10));
    var slow = queues(clock, settings).queue("Slow");
    slow.send(OutgoingMessage.of("queue's"));
    slow.send(new OutgoingMessage("own", null, null, Duration.ofSeconds(2), Map.of()));
    assertThat(slow.depth()).isEqualTo(new Depth(0, 0, 2));
    clock.pass(Duration.ofSeconds(2));
    assertThat(bodies(slow.receive(10, null))).containsExactly("own");
    clock.pass(Duration.ofSeconds(8));
    assertThat(bodies(slow.receive(10, null))).containsExactly("queue's");
  }

  @Test
  void aReceiveBringsAtMostTenMessages() {
    for (int number = 0; number < 11; number++) {
      queue.send(OutgoingMessage.of("message " + number));
    }
    assertThat(queue.receive(10, null)).hasSize(10);
    assertThat(queue.receive(10, null)).hasSize(1);
    assertThat(queue.depth()).isEqualTo(new Depth(0, 11, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11, -1})
  void aReceiveOfNoneOrOfMoreIsRefused(int most) {
    assertThatThrownBy(() -> queue.receive(most, null))
        .isInstanceOf(RefusedException.class)
        .hasMessage("MaxNumberOfMessages %d is not 1 to 10", most);
  }

  @Test
  void aWaitingReceiveIsWokenByAMessage() throws Exception {
    var sender = Thread.ofVirtual().unstarted(() -> queue.send(OutgoingMessage.of("late")));
    sender.start();
    assertThat(bodies(queue.receive(1, null, Duration.ofSeconds(20)))).containsExactly("late");
    sender.join();
  }

  @Test
  void aDeduplicationIdIsForFifoQueues() {
    assertThatThrownBy(() -> queue.send(OutgoingMessage.of("a", "group", "id")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("MessageDeduplicationId is for FIFO queues");
  }

  @Test
  void aMessageIsAtMostOneMebibyte() {
    assertThat(OutgoingMessage.of("x".repeat(1024 * 1024)).body()).hasSize(1024 * 1024);
    assertThatThrownBy(() -> OutgoingMessage.of("x".repeat(1024 * 1024 + 1)))
        .isInstanceOf(RefusedException.class)
        .hasMessage("message of 1048577 bytes; the limit is 1048576");
    assertThatThrownBy(() -> OutgoingMessage.of("é".repeat(512 * 1024 + 1)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void anEmptyMessageIsRefused() {
    assertThatThrownBy(() -> OutgoingMessage.of(""))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("MissingParameter"));
  }
}
