package io.roomlog.fanout;

import io.roomlog.core.Backoff;
import io.roomlog.core.membership.Member;
import io.roomlog.fanout.posts.Frame;
import io.roomlog.fanout.posts.Posts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Delivers frames to connections: what all of them share, as long as the execution environment
 * lives. What one connection gets of a batch is a {@link Share}.
 */
final class Delivery {

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofMillis(400));

  /** A post to a full buffer waits at least this long: it has to drain. */
  static final Duration REFUSED_MIN = Duration.ofMillis(100);

  private final Posts posts;
  private final Limiter limiter;
  private final Backoff refused;
  private final Silent silent = new Silent();
  private final InstantSource clock;
  private final RandomGenerator random;

  Delivery(Posts posts, Limiter limiter, Machine machine) {
    this.posts = posts;
    this.limiter = limiter;
    Duration most = limiter.courtesy().refusedMax();
    this.refused = new Backoff(most.dividedBy(4), most);
    this.clock = machine.clock();
    this.random = machine.random();
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

    /** Its buffer is full. */
    record BufferFull() implements Reason {}

    /** It took more time than one connection may. */
    record TooSlow() implements Reason {}

    /** It has not answered for several batches, and is left alone for a while. */
    record StaysSilent() implements Reason {}

    /** The invocation has to end. */
    record Deadline() implements Reason {}

    /** The account has refused it for as long as one post may wait. */
    record AccountRefuses() implements Reason {}

    /** A mistake in this program. */
    record Bug(String what) implements Reason {}

    /** Whether it is no fault of the client's, so that its room has to come again. */
    default boolean comesAgain() {
      return switch (this) {
        case Deadline(), AccountRefuses(), Bug(_) -> true;
        case LastPost(_), BufferFull(), TooSlow(), StaysSilent() -> false;
      };
    }
  }

  /** What a connection is to get. */
  Share share(Member member, List<Frame> frames, Budget budget) {
    return new Share(this, member, frames, budget);
  }

  Limiter limiter() {
    return limiter;
  }

  Instant now() {
    return clock.instant();
  }

  Posts.Posted post(String connectionId, Frame frame) {
    return posts.post(connectionId, frame);
  }

  boolean isLeftAlone(String connectionId) {
    return silent.isLeftAlone(connectionId, now());
  }

  void note(String connectionId, boolean noAnswer) {
    silent.note(connectionId, noAnswer, now());
  }

  /** When to try again what has failed so often. */
  Instant afterFailures(int tries) {
    return now().plus(BACKOFF.before(tries, random));
  }

  /** When to try again what a full buffer has refused so often. */
  Instant afterFullBuffer(int tries) {
    return afterFailures(tries).plus(REFUSED_MIN);
  }

  /** When to try again what the account has refused so often. */
  Instant afterRefusals(int tries) {
    return now().plus(refused.before(tries, random)).plus(limiter.courtesy().refusedMin());
  }
}
