package io.roomlog.local.queues;

import io.roomlog.local.deployment.Queue;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The queues of a deployment. */
public final class Queues {
  private final Map<String, MessageQueue> queues = new LinkedHashMap<>();

  /**
   * Makes the queues, empty.
   *
   * @param random makes message ids and receipts
   * @throws IllegalArgumentException if SQS would refuse one of them, e.g. for a redrive policy
   *     that names no queue of the deployment, or one of the other type
   */
  public Queues(List<Queue> settings, InstantSource clock, RandomGenerator random) {
    for (var each : settings) {
      QueueRules.check(each);
      queues.put(each.logicalId(), new MessageQueue(each, dead -> bury(each, dead), clock, random));
    }
    settings.forEach(this::checkRedrive);
  }

  private void checkRedrive(Queue from) {
    if (from.redrive() == null) {
      return;
    }
    var to = queues.get(from.redrive().queue());
    if (to == null) {
      throw new IllegalArgumentException(
          "%s: no dead-letter queue %s".formatted(from.logicalId(), from.redrive().queue()));
    }
    if (to.settings().fifo() != from.fifo()) {
      throw new IllegalArgumentException(
          "%s: the dead-letter queue of a %s queue must be one too; %s is not"
              .formatted(
                  from.logicalId(), from.fifo() ? "FIFO" : "standard", to.settings().logicalId()));
    }
  }

  private void bury(Queue from, StoredMessage dead) {
    if (from.redrive() != null) {
      queue(from.redrive().queue()).take(dead);
    }
  }

  /**
   * A queue.
   *
   * @throws IllegalArgumentException if the deployment has no such queue
   */
  public MessageQueue queue(String logicalId) {
    var queue = queues.get(logicalId);
    if (queue == null) {
      throw new IllegalArgumentException(
          "no queue %s; there are %s".formatted(logicalId, queues.keySet()));
    }
    return queue;
  }

  /** The queue of a physical name, if there is one. */
  public Optional<MessageQueue> named(String name) {
    return queues.values().stream().filter(queue -> queue.settings().name().equals(name)).findAny();
  }

  /** All queues. */
  public Collection<MessageQueue> all() {
    return List.copyOf(queues.values());
  }

  /**
   * Sends a message without a group; in this form it is what a stream mapping tells of batches
   * given up.
   *
   * @param queue the logical id of a standard queue
   */
  public void send(String queue, String body) {
    queue(queue).send(OutgoingMessage.of(body));
  }
}
