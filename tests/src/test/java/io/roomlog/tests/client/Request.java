package io.roomlog.tests.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Something asked until it is answered: one frame under way at most, repeated with back-off. */
final class Request {

  /** After 29 s the gateway gives up on a function, so there is no answer after this. */
  static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  /** The longest wait before a repetition. */
  static final Duration WAIT_MAX = Duration.ofSeconds(30);

  /** Not on its way, or never. */
  static final Instant NEVER = Instant.MAX;

  /** Takes an answer, which may be an error that is not temporary. */
  @FunctionalInterface
  interface Answered {
    void by(JsonNode answer, Instant now);
  }

  private final Supplier<ObjectNode> frame;
  private final Answered answered;
  private final RandomGenerator random;
  private long ref;
  private Instant due = NEVER;
  private Instant sentAt = NEVER;
  private int repetitions;

  Request(Supplier<ObjectNode> frame, Answered answered, RandomGenerator random) {
    this.frame = frame;
    this.answered = answered;
    this.random = random;
  }

  /** A random 0.5–2 s, doubled for each repetition. */
  static Duration wait(int repetitions, RandomGenerator random) {
    long millis = random.nextLong(500, 2_001) << Math.min(repetitions, 10);
    return Duration.ofMillis(Math.min(millis, WAIT_MAX.toMillis()));
  }

  boolean isIdle() {
    return due.equals(NEVER) && !isUnderWay();
  }

  boolean isUnderWay() {
    return !sentAt.equals(NEVER);
  }

  boolean isDue(Instant now) {
    return !isUnderWay() && !now.isBefore(due);
  }

  boolean isAnsweredBy(long answersRef) {
    return isUnderWay() && ref == answersRef;
  }

  /** Whether the time for an answer is over. */
  boolean isOverdue(Instant now) {
    return isUnderWay() && !now.isBefore(sentAt.plus(ANSWER_MAX));
  }

  Instant sentAt() {
    return sentAt;
  }

  Instant wakeAt() {
    return isUnderWay() ? sentAt.plus(ANSWER_MAX) : due;
  }

  /** Will be asked at a time, unless it is under way. */
  void ask(Instant at) {
    due = at;
  }

  /** Will be asked again after a wait that doubles. */
  void askLater(Instant now) {
    due = now.plus(wait(repetitions++, random));
  }

  /** Is not asked any more, and an answer that comes all the same is not heard. */
  void cancel() {
    due = NEVER;
    sentAt = NEVER;
    repetitions = 0;
  }

  /** The frame, to be sent now. */
  String send(long newRef, Instant now) {
    ref = newRef;
    sentAt = now;
    due = NEVER;
    return frame.get().put("ref", ref).toString();
  }

  void unanswered(Instant now) {
    sentAt = NEVER;
    askLater(now);
  }

  /** Takes the answer. What is asked next is for whoever takes it to say. */
  void answer(JsonNode answer, Instant now) {
    if (answer.path("temporary").booleanValue()) {
      unanswered(now);
      return;
    }
    sentAt = NEVER;
    answered.by(answer, now);
  }

  /** The next wait is the shortest again. */
  void succeeded() {
    repetitions = 0;
  }
}
