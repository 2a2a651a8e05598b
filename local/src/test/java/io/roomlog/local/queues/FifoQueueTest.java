package io.roomlog.local.queues;

import static io.roomlog.local.queues.QueueFixtures.bodies;
import static io.roomlog.local.queues.QueueFixtures.deduplicatingByContent;
import static io.roomlog.local.queues.QueueFixtures.fifo;
import static io.roomlog.local.queues.QueueFixtures.queues;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.stream.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FifoQueueTest {
  private final ManualClock clock = new ManualClock(QueueFixtures.START);
  private final MessageQueue queue = queues(clock, fifo("Queue")).queue("Queue");

  @Test
  void messagesComeInTheOrderInWhichTheyWereSent() {
    send("a1", "a2", "a3");
    var received = queue.receive(10, null);
    assertThat(bodies(received)).containsExactly("a1", "a2", "a3");
    assertThat(received).extracting(ReceivedMessage::sequenceNumber).isSorted().hasSize(3);
    assertThat(received).extracting(ReceivedMessage::groupId).containsOnly("a");
  }

  @Test
  void aReceiveTakesOneGroupWhollyBeforeTheNext() {
    send("a1", "b1", "a2", "b2", "c1");
    assertThat(bodies(queue.receive(3, null))).containsExactly("a1", "a2", "b1");
  }

  @Test
  void aGroupWaitsWhileOneOfItsMessagesIsInFlight() {
    send("a1", "a2", "b1");
    assertThat(bodies(queue.receive(1, null))).containsExactly("a1");
    assertThat(bodies(queue.receive(10, null))).containsExactly("b1");
    assertThat(queue.receive(10, null)).isEmpty();
  }

  @Test
  void aGroupGoesOnWhenItsMessageIsDeleted() {
    send("a1", "a2");
    queue.delete(queue.receive(1, null).getFirst().receiptHandle());
    assertThat(bodies(queue.receive(10, null))).containsExactly("a2");
  }

  @Test
  void aGroupWaitsForEveryMessageInFlight() {
    send("a1", "a2", "a3");
    var two = queue.receive(2, null);
    queue.delete(two.getFirst().receiptHandle());
    assertThat(queue.receive(10, null)).isEmpty();
    queue.delete(two.getLast().receiptHandle());
    assertThat(bodies(queue.receive(10, null))).containsExactly("a3");
  }

  @Test
  void aMessageThatComesBackWaitsForThoseOfItsGroupInFlight() {
    send("a1", "a2");
    var both = queue.receive(2, null);
    queue.changeVisibility(both.getFirst().receiptHandle(), Duration.ZERO);
    assertThat(queue.receive(10, null)).isEmpty();
    queue.delete(both.getLast().receiptHandle());
    assertThat(bodies(queue.receive(10, null))).containsExactly("a1");
  }

  @Test
  void messagesThatComeBackKeepTheirPlace() {
    send("a1", "a2", "a3");
    queue.receive(2, null);
    clock.pass(QueueFixtures.VISIBILITY);
    assertThat(bodies(queue.receive(10, null))).containsExactly("a1", "a2", "a3");
  }

  @Test
  void aReceiptIsNoLongerGoodWhenItsMessageIsVisibleAgain() {
    send("a1", "a2");
    var late = queue.receive(2, null).getLast();
    clock.pass(QueueFixtures.VISIBILITY);
    assertThat(bodies(queue.receive(1, null))).containsExactly("a1");
    assertThat(queue.delete(late.receiptHandle())).isFalse();
  }

  @Test
  void aRepeatedIdWithinFiveMinutesStoresNothingAndIsAnsweredAsTheFirst() {
    var first = queue.send(OutgoingMessage.of("a1", "a", "id"));
    clock.pass(Duration.ofMillis(299_999));
    assertThat(queue.send(OutgoingMessage.of("other", "b", "id"))).isEqualTo(first);
    assertThat(bodies(queue.receive(10, null))).containsExactly("a1");
    clock.pass(Duration.ofMillis(1));
    assertThat(queue.send(OutgoingMessage.of("a2", "a", "id"))).isNotEqualTo(first);
  }

  @Test
  void anIdIsRememberedAlsoWhenItsMessageIsDeleted() {
    queue.send(OutgoingMessage.of("a1", "a", "id"));
    queue.delete(queue.receive(1, null).getFirst().receiptHandle());
    queue.send(OutgoingMessage.of("a1", "a", "id"));
    assertThat(queue.receive(1, null)).isEmpty();
  }

  @Test
  void aRepeatDoesNotProlongTheInterval() {
    queue.send(OutgoingMessage.of("a1", "a", "id"));
    clock.pass(Duration.ofMinutes(4));
    queue.send(OutgoingMessage.of("a1", "a", "id"));
    clock.pass(Duration.ofMinutes(1));
    queue.send(OutgoingMessage.of("a2", "a", "id"));
    assertThat(bodies(queue.receive(10, null))).containsExactly("a1", "a2");
  }

  @Test
  void byContentEqualBodiesAreOneMessage() {
    var byContent = queues(clock, deduplicatingByContent("Queue")).queue("Queue");
    for (var body : List.of("same", "same", "other")) {
      byContent.send(new OutgoingMessage(body, "a", null, null, Map.of()));
    }
    assertThat(bodies(byContent.receive(10, null))).containsExactly("same", "other");
  }

  @Test
  void aGroupAndAnIdAreDemanded() {
    assertThatThrownBy(() -> queue.send(OutgoingMessage.of("a")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("MessageGroupId is missing");
    assertThatThrownBy(() -> queue.send(new OutgoingMessage("a", "group", null, null, Map.of())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("MessageDeduplicationId is missing");
    var delayed = new OutgoingMessage("a", "group", "id", Duration.ofSeconds(1), Map.of());
    assertThatThrownBy(() -> queue.send(delayed))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("DelaySeconds of a message is for standard queues");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "ü"})
  void aGroupIsPrintableAscii(String group) {
    assertThatThrownBy(() -> OutgoingMessage.of("a", group, "id"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("MessageGroupId of ");
  }

  @Test
  void aGroupHasAtMost128Characters() {
    assertThat(OutgoingMessage.of("a", "g".repeat(128), "id").groupId()).hasSize(128);
    assertThatThrownBy(() -> OutgoingMessage.of("a", "g".repeat(129), "id"))
        .isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverConsumersDoEachGroupIsHandledInOrderAndWholly(long seed) {
    var random = new Random(seed);
    var handled = new HashMap<String, List<Integer>>();
    var inHand = new ArrayList<ReceivedMessage>();
    int sent = 0;
    while (handled.values().stream().mapToInt(List::size).sum() < 300) {
      switch (random.nextInt(4)) {
        case 0 -> {
          if (sent < 300) {
            var group = "g" + random.nextInt(5);
            queue.send(OutgoingMessage.of(Integer.toString(sent), group, "id-" + sent));
            sent++;
          }
        }
        case 1 -> inHand.addAll(queue.receive(1 + random.nextInt(10), null));
        case 2 -> settle(inHand, random, handled);
        default -> clock.pass(Duration.ofSeconds(random.nextInt(10)));
      }
    }
    assertThat(handled.values()).allSatisfy(group -> assertThat(group).isSorted());
    assertThat(handled.values().stream().flatMap(List::stream).distinct()).hasSize(300);
  }

  /** Handles the first message in hand, if its receipt is still good. */
  private void settle(
      List<ReceivedMessage> inHand, Random random, Map<String, List<Integer>> handled) {
    if (inHand.isEmpty()) {
      return;
    }
    var message = inHand.removeFirst();
    if (random.nextInt(5) == 0) {
      // Its consumer fails: with it fails what it holds of the group.
      inHand.removeIf(each -> String.valueOf(each.groupId()).equals(message.groupId()));
    } else if (queue.delete(message.receiptHandle())) {
      handled
          .computeIfAbsent(String.valueOf(message.groupId()), _ -> new ArrayList<>())
          .add(Integer.parseInt(message.body()));
    }
  }

  /** Sends bodies whose first letter is their group. */
  private void send(String... bodies) {
    for (var body : bodies) {
      queue.send(OutgoingMessage.of(body, body.substring(0, 1), "id-" + body));
    }
  }
}
