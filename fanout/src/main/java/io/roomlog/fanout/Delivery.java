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

  /** After this long no further try begins: the batch waits for its slowest connection. */
  static final Duration TRYING_MAX = Duration.ofSeconds(3);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofMillis(400));

  private final Posts posts;
  private final Throttle throttle;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Pause pause;

  Delivery(
      Posts posts, Throttle throttle, InstantSource clock, RandomGenerator random, Pause pause) {
    this.posts = posts;
    this.throttle = throttle;
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

    /** It missed the rest. */
    record GaveUp(int delivered, Posts.Posted last) implements Result {}
  }

  Result deliver(String connectionId, List<ByteBuffer> frames) throws InterruptedException {
    int delivered = 0;
    for (ByteBuffer frame : frames) {
      switch (tryPosting(connectionId, frame)) {
        case Posts.Posted.Delivered() -> delivered++;
        case Posts.Posted.Gone() -> {
          return new Result.Gone(delivered);
        }
        case Posts.Posted last -> {
          return new Result.GaveUp(delivered, last);
        }
      }
    }
    return new Result.All(delivered);
  }

  private Posts.Posted tryPosting(String connectionId, ByteBuffer frame)
      throws InterruptedException {
    Instant end = clock.instant().plus(TRYING_MAX);
    for (int tries = 1; ; tries++) {
      Posts.Posted posted = throttle.call(() -> posts.post(connectionId, frame));
      if (tries == TRIES_MAX || !worthTryingAgain(posted) || clock.instant().isAfter(end)) {
        return posted;
      }
      // Without a permit: whoever waits here holds up nobody else.
      pause.of(BACKOFF.before(tries, random));
    }
  }

  private static boolean worthTryingAgain(Posts.Posted posted) {
    return switch (posted) {
      case Posts.Posted.TooFast() -> true;
      case Posts.Posted.Failed(_, boolean mayPass) -> mayPass;
      case Posts.Posted.Delivered(), Posts.Posted.Gone() -> false;
    };
  }
}
