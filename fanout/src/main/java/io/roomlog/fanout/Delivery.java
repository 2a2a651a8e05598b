package io.roomlog.fanout;

import io.roomlog.core.Backoff;
import io.roomlog.core.Pause;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** Delivers frames to one connection, in order, and gives up on it before it holds others up. */
final class Delivery {

  /** Tries of one frame, at most. */
  static final int TRIES_MAX = 3;

  /** What one connection may cost in failed tries, for all frames of a batch together. */
  static final Duration FAILING_MAX = Duration.ofSeconds(3);

  /** What one connection may cost in posts, for all frames of a batch together. */
  static final Duration POSTING_MAX = Duration.ofSeconds(10);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofMillis(400));

  private final Posts posts;
  private final Throttle throttle;
  private final Silent silent;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Pause pause;

  Delivery(
      Posts posts, Throttle throttle, InstantSource clock, RandomGenerator random, Pause pause) {
    this.posts = posts;
    this.throttle = throttle;
    this.silent = new Silent();
    this.clock = clock;
    this.random = random;
    this.pause = pause;
  }

  /** How a connection fared. */
  sealed interface Result {
    /** How many frames were delivered. */
    int delivered();

    /** It got them all. */
    record All(int delivered) implements Result {}

    /** The gateway says it is gone. */
    record Gone(int delivered) implements Result {}

    /** It missed the rest, for a reason. */
    record GaveUp(int delivered, Reason reason) implements Result {}
  }

  /** Why a connection was given up. */
  sealed interface Reason {
    /** Its last post failed. */
    record LastPost(Posts.Posted posted) implements Reason {}

    /** It took more time than one connection may. */
    record TooSlow() implements Reason {}

    /** The invocation has to end. */
    record Deadline() implements Reason {}

    /** It has not answered for several batches, and is left alone for a while. */
    record StaysSilent() implements Reason {}
  }

  /**
   * Delivers frames, in order.
   *
   * @param end when the invocation has to be done with posting
   */
  Result deliver(String connectionId, List<ByteBuffer> frames, Instant end)
      throws InterruptedException {
    if (silent.isLeftAlone(connectionId, clock.instant())) {
      return new Result.GaveUp(0, new Reason.StaysSilent());
    }
    Result result = new Attempt(connectionId, end).deliver(frames);
    boolean noAnswer = result instanceof Result.GaveUp(_, Reason.LastPost(Posts.Posted.NoAnswer _));
    silent.note(connectionId, noAnswer, clock.instant());
    return result;
  }

  /** One connection's share of a batch. Waiting for a permit costs it nothing. */
  private final class Attempt {
    private final String connectionId;
    private final Instant end;
    private Duration failing = Duration.ZERO;
    private Duration posting = Duration.ZERO;

    Attempt(String connectionId, Instant end) {
      this.connectionId = connectionId;
      this.end = end;
    }

    Result deliver(List<ByteBuffer> frames) throws InterruptedException {
      int delivered = 0;
      for (ByteBuffer frame : frames) {
        if (posting.compareTo(POSTING_MAX) > 0) {
          return new Result.GaveUp(delivered, new Reason.TooSlow());
        }
        if (clock.instant().isAfter(end)) {
          return new Result.GaveUp(delivered, new Reason.Deadline());
        }
        switch (tryPosting(frame)) {
          case Posts.Posted.Delivered() -> delivered++;
          case Posts.Posted.Gone() -> {
            return new Result.Gone(delivered);
          }
          case Posts.Posted last -> {
            return new Result.GaveUp(delivered, new Reason.LastPost(last));
          }
        }
      }
      return new Result.All(delivered);
    }

    private Posts.Posted tryPosting(ByteBuffer frame) throws InterruptedException {
      for (int tries = 1; ; tries++) {
        Posts.Posted posted = throttle.call(() -> timed(frame));
        if (tries == TRIES_MAX || !worthTryingAgain(posted) || isOver()) {
          return posted;
        }
        // Without a permit: whoever waits here holds up nobody else.
        pause.of(BACKOFF.before(tries, random));
      }
    }

    private Posts.Posted timed(ByteBuffer frame) {
      Instant begin = clock.instant();
      Posts.Posted posted = posts.post(connectionId, frame);
      Duration took = Duration.between(begin, clock.instant());
      posting = posting.plus(took);
      if (!(posted instanceof Posts.Posted.Delivered)) {
        failing = failing.plus(took);
      }
      return posted;
    }

    private boolean isOver() {
      return failing.compareTo(FAILING_MAX) > 0 || clock.instant().isAfter(end);
    }
  }

  private static boolean worthTryingAgain(Posts.Posted posted) {
    return switch (posted) {
      case Posts.Posted.TooFast(), Posts.Posted.NoAnswer(_) -> true;
      case Posts.Posted.Failed failed -> failed.mayPass();
      case Posts.Posted.Delivered(), Posts.Posted.Gone() -> false;
    };
  }
}
