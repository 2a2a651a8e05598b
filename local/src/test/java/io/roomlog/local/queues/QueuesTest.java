package io.roomlog.local.queues;

import static io.roomlog.local.queues.QueueFixtures.bodies;
import static io.roomlog.local.queues.QueueFixtures.fifo;
import static io.roomlog.local.queues.QueueFixtures.queues;
import static io.roomlog.local.queues.QueueFixtures.standard;
import static io.roomlog.local.queues.QueueFixtures.withRedrive;
import static io.roomlog.local.queues.QueueFixtures.withTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.deployment.Queue;
import io.roomlog.local.stream.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueuesTest {
  private final ManualClock clock = new ManualClock(QueueFixtures.START);

  @Test
  void aMessageReceivedTooOftenGoesToTheDeadLetterQueue() {
    var queues = queues(clock, withRedrive(standard("Queue"), "Dead", 2), standard("Dead"));
    var sent = queues.queue("Queue").send(OutgoingMessage.of("poison"));
    for (int receive = 1; receive <= 2; receive++) {
      assertThat(queues.queue("Queue").receive(1, null)).hasSize(1);
      clock.pass(QueueFixtures.VISIBILITY);
      assertThat(queues.queue("Dead").receive(1, null)).isEmpty();
    }
    assertThat(queues.queue("Queue").receive(1, null)).isEmpty();
    var dead = queues.queue("Dead").receive(1, null).getFirst();
    assertThat(dead.messageId()).isEqualTo(sent.messageId());
    assertThat(dead.body()).isEqualTo("poison");
    assertThat(dead.sentAt()).isEqualTo(QueueFixtures.START);
    assertThat(dead.receiveCount()).isEqualTo(1);
  }

  @Test
  void aFifoGroupGoesOnWhenItsPoisonIsGone() {
    var queues = queues(clock, withRedrive(fifo("Queue"), "Dead", 1), fifo("Dead"));
    var queue = queues.queue("Queue");
    queue.send(OutgoingMessage.of("poison", "a", "1"));
    queue.send(OutgoingMessage.of("good", "a", "2"));
    assertThat(bodies(queue.receive(1, null))).containsExactly("poison");
    clock.pass(QueueFixtures.VISIBILITY);
    assertThat(bodies(queue.receive(1, null))).containsExactly("good");
    var dead = queues.queue("Dead").receive(1, null).getFirst();
    assertThat(dead.body()).isEqualTo("poison");
    assertThat(dead.groupId()).isEqualTo("a");
    assertThat(dead.sentAt()).isEqualTo(QueueFixtures.START.plus(QueueFixtures.VISIBILITY));
  }

  @Test
  void aRedriveToAnUnknownQueueOrOneOfTheOtherTypeIsRefused() {
    assertThatThrownBy(() -> queues(clock, withRedrive(standard("Queue"), "Dead", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Queue: no dead-letter queue Dead");
    assertThatThrownBy(() -> queues(clock, withRedrive(fifo("Queue"), "Dead", 1), standard("Dead")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Queue: the dead-letter queue of a FIFO queue must be one too; Dead is not");
  }

  @Test
  void queuesOfATemplateAreFoundByIdAndByName() {
    var queues =
        new Queues(
            List.of(new Queue("GivenUp", "stack-given-up", "arn:aws:sqs:r:1:stack-given-up")),
            clock,
            new Random(1));
    queues.send("GivenUp", "a batch");
    assertThat(bodies(queues.queue("GivenUp").receive(1, null))).containsExactly("a batch");
    assertThat(queues.named("stack-given-up")).isPresent();
    assertThat(queues.named("GivenUp")).isEmpty();
    assertThat(queues.all()).hasSize(1);
    assertThatThrownBy(() -> queues.queue("Unknown"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no queue Unknown; there are [GivenUp]");
  }

  @Test
  void settingsOutOfTheirBoundsAreNamed() {
    var hour = Duration.ofHours(1);
    assertThatThrownBy(
            () ->
                queues(
                    clock, withTimes(standard("Queue"), Duration.ofHours(13), hour, Duration.ZERO)))
        .hasMessage("Queue: VisibilityTimeout 46800 s is not 0 to 43200 s");
    assertThatThrownBy(
            () ->
                queues(
                    clock,
                    withTimes(standard("Queue"), hour, Duration.ofSeconds(59), Duration.ZERO)))
        .hasMessage("Queue: MessageRetentionPeriod 59 s is not 60 to 1209600 s");
    assertThatThrownBy(
            () -> queues(clock, withTimes(standard("Queue"), hour, hour, Duration.ofMinutes(16))))
        .hasMessage("Queue: DelaySeconds 960 s is not 0 to 900 s");
    assertThatThrownBy(() -> queues(clock, withRedrive(standard("Queue"), "Dead", 0)))
        .hasMessage("Queue: maxReceiveCount 0 is not 1 to 1000");
    assertThatThrownBy(() -> queues(clock, withRedrive(standard("Queue"), "Dead", 1_001)))
        .hasMessageContaining("1001");
  }
}
