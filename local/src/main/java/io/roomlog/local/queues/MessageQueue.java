package io.roomlog.local.queues;

import io.roomlog.local.deployment.Queue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An SQS queue in memory, standard or FIFO. Every message is delivered until it is deleted, at
 * least once.
 *
 * <p>A FIFO queue keeps the order of each message group: while a message of a group is in flight,
 * no other receive gets one of that group
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html).
 * A receive takes as many messages of one group as it can before it goes to the next.
 */
public final class MessageQueue {
  /** The most messages that one receive brings. */
  public static final int RECEIVE_MAX = 10;

  /** How often a waiting receive looks for messages that time has made visible. */
  private static final Duration TICK = Duration.ofMillis(50);

  private static final int SEQUENCE_DIGITS = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition sent = lock.newCondition();
  private final Map<String, StoredMessage> messages = new LinkedHashMap<>();
  private final Deduplication deduplication = new Deduplication();
  private final Queue settings;
  private final DeadLetters deadLetters;
  private final InstantSource clock;
  private final RandomGenerator random;
  private long sequence;

  /** Takes a message that was received too often. */
  @FunctionalInterface
  interface DeadLetters {
    void accept(StoredMessage message);
  }

  /** What came of a change of visibility. */
  public sealed interface Visibility {
    /** The message is hidden until the new time. */
    record Changed() implements Visibility {}

    /** Its receipt is outdated, or it is deleted. */
    record NotInFlight() implements Visibility {}
  }

  /**
   * How many messages there are.
   *
   * @param visible can be received
   * @param inFlight received and not deleted
   * @param delayed not yet visible for the first time
   */
  public record Depth(int visible, int inFlight, int delayed) {}

  MessageQueue(
      Queue settings, DeadLetters deadLetters, InstantSource clock, RandomGenerator random) {
    this.settings = settings;
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.random = random;
  }

  /** What the queue was made with. */
  public Queue settings() {
    return settings;
  }

  /**
   * Sends a message.
   *
   * @throws RefusedException if this queue demands what the message lacks, or the reverse
   */
  public SentMessage send(OutgoingMessage message) {
    var deduplicationId = Acceptance.deduplicationId(message, settings);
    lock.lock();
    try {
      var now = clock.instant();
      if (deduplicationId != null) {
        var known = deduplication.find(deduplicationId, now);
        if (known.isPresent()) {
          return known.get();
        }
      }
      var answer = new SentMessage(id(), settings.fifo() ? nextSequence() : null);
      if (deduplicationId != null) {
        deduplication.accept(deduplicationId, answer, now);
      }
      var delay = message.delay() == null ? settings.delay() : message.delay();
      store(new StoredMessage(message, answer, deduplicationId, now, now.plus(delay)));
      return answer;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a message that another queue gave up; it keeps its id, and starts its receipts anew. */
  void take(StoredMessage dead) {
    lock.lock();
    try {
      var now = clock.instant();
      var answer = new SentMessage(dead.sent.messageId(), settings.fifo() ? nextSequence() : null);
      // Its age counts on in a standard queue and anew in a FIFO queue, as on AWS.
      var sentAt = settings.fifo() ? now : dead.sentAt;
      store(new StoredMessage(dead.content, answer, dead.deduplicationId, sentAt, now));
    } finally {
      lock.unlock();
    }
  }

  private void store(StoredMessage message) {
    messages.put(message.sent.messageId(), message);
    sent.signalAll();
  }

  /**
   * Receives messages, if there are any now.
   *
   * @param most how many at most, 1–{@value #RECEIVE_MAX}
   * @param visibility how long they are hidden, or null for as long as the queue says
   * @throws RefusedException if too many messages are in flight
   */
  public List<ReceivedMessage> receive(int most, @Nullable Duration visibility) {
    if (most < 1 || most > RECEIVE_MAX) {
      throw new RefusedException(
          "InvalidParameterValue",
          "MaxNumberOfMessages %d is not 1 to %d".formatted(most, RECEIVE_MAX));
    }
    var hidden = visibility == null ? settings.visibilityTimeout() : visibility;
    var dead = new ArrayList<StoredMessage>();
    lock.lock();
    try {
      var now = clock.instant();
      forgetOld(now);
      buryDead(now, dead);
      var received = new ArrayList<ReceivedMessage>();
      for (var message : Selection.of(messages.values(), settings.fifo(), most, now)) {
        received.add(message.receive(id(), now, now.plus(hidden)));
      }
      return received;
    } finally {
      lock.unlock();
      // Without the lock, since two queues may be each other's dead-letter queue.
      dead.forEach(deadLetters::accept);
    }
  }

  /**
   * Receives messages, and waits for the first if there is none.
   *
   * @param wait how long at most
   * @throws InterruptedException if the calling thread is interrupted while it waits
   */
  public List<ReceivedMessage> receive(int most, @Nullable Duration visibility, Duration wait)
      throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    var received = receive(most, visibility);
    while (received.isEmpty() && System.nanoTime() < end) {
      awaitSend();
      received = receive(most, visibility);
    }
    return received;
  }

  private void awaitSend() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaitTick();
    } finally {
      lock.unlock();
    }
  }

  /** The caller loops: it looks again, whatever ended the wait. */
  @SuppressWarnings("WaitNotInLoop")
  private void awaitTick() throws InterruptedException {
    var _ = sent.await(TICK.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void forgetOld(Instant now) {
    messages.values().removeIf(each -> each.sentAt.plus(settings.retention()).isBefore(now));
  }

  /** A message is moved when it would be received once more than the policy allows. */
  private void buryDead(Instant now, List<StoredMessage> dead) {
    var redrive = settings.redrive();
    if (redrive == null) {
      return;
    }
    for (var message : messages.values()) {
      if (message.isVisible(now) && message.receiveCount() >= redrive.maximumReceives()) {
        dead.add(message);
      }
    }
    dead.forEach(message -> messages.remove(message.sent.messageId()));
  }

  /**
   * Deletes a message.
   *
   * @param receiptHandle of its last receipt; an older one deletes nothing, and in a FIFO queue
   *     neither does one whose visibility timeout is over, which would let a late consumer overtake
   *     another
   * @return whether there was something to delete
   */
  public boolean delete(String receiptHandle) {
    lock.lock();
    try {
      var now = clock.instant();
      return messages
          .values()
          .removeIf(
              each -> each.hasReceipt(receiptHandle) && (!settings.fifo() || each.isInFlight(now)));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Changes how long a message in flight stays hidden.
   *
   * @param timeout from now on; zero makes it visible
   * @throws RefusedException if the timeout is longer than 12 hours
   */
  public Visibility changeVisibility(String receiptHandle, Duration timeout) {
    if (timeout.isNegative() || timeout.compareTo(QueueRules.VISIBILITY_MAX) > 0) {
      throw new RefusedException(
          "InvalidParameterValue",
          "VisibilityTimeout %d s is not 0 to %d s"
              .formatted(timeout.toSeconds(), QueueRules.VISIBILITY_MAX.toSeconds()));
    }
    lock.lock();
    try {
      var now = clock.instant();
      for (var message : messages.values()) {
        if (message.hasReceipt(receiptHandle) && message.isInFlight(now)) {
          message.hideUntil(now.plus(timeout));
          return new Visibility.Changed();
        }
      }
      return new Visibility.NotInFlight();
    } finally {
      lock.unlock();
    }
  }

  /** How many messages there are now. */
  public Depth depth() {
    lock.lock();
    try {
      var now = clock.instant();
      forgetOld(now);
      int visible = (int) messages.values().stream().filter(each -> each.isVisible(now)).count();
      int inFlight = (int) messages.values().stream().filter(each -> each.isInFlight(now)).count();
      return new Depth(visible, inFlight, messages.size() - visible - inFlight);
    } finally {
      lock.unlock();
    }
  }

  /** How long the oldest message has been in the queue, in flight or not; zero for none. */
  public Duration oldestAge() {
    lock.lock();
    try {
      var now = clock.instant();
      forgetOld(now);
      return messages.values().stream()
          .map(each -> Duration.between(each.sentAt, now))
          .max(Duration::compareTo)
          .orElse(Duration.ZERO);
    } finally {
      lock.unlock();
    }
  }

  private String nextSequence() {
    return ("%0" + SEQUENCE_DIGITS + "d").formatted(++sequence);
  }

  private String id() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
