package io.roomlog.fanout;

import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.fanout.RoomDelivery.Unreached;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the connections of which the gateway said that they are gone, once everybody else has
 * got their frames: removes the rows of those that are, and delivers to those that are not.
 *
 * <p>One 410 is not enough: a post gets it too while {@code $connect} has not answered
 * (aws.amazon.com/premiumsupport/knowledge-center/410-gone-api-gateway), and live connections have
 * been seen to. So a second question must be answered the same way, and a row younger than the
 * longest handshake stays: for it both answers may be wrong.
 */
final class Pruner {

  /** The gateway waits 29 s for {@code $connect}; a row older than this has its connection. */
  static final Duration HANDSHAKE_MAX = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(Pruner.class);

  private final Membership membership;
  private final Posts posts;
  private final Throttle throttle;
  private final RoomDelivery delivery;
  private final InstantSource clock;
  private final Supplier<ExecutorService> threads;

  Pruner(
      Membership membership,
      Posts posts,
      Throttle throttle,
      RoomDelivery delivery,
      InstantSource clock) {
    this(membership, posts, throttle, delivery, clock, Parallel.VIRTUAL_THREADS);
  }

  Pruner(
      Membership membership,
      Posts posts,
      Throttle throttle,
      RoomDelivery delivery,
      InstantSource clock,
      Supplier<ExecutorService> threads) {
    this.membership = membership;
    this.posts = posts;
    this.throttle = throttle;
    this.delivery = delivery;
    this.clock = clock;
    this.threads = threads;
  }

  /**
   * Asks after each. Never fails: what it leaves, the next push meets.
   *
   * @param end when posting has to be over; later ones are left to the next push
   */
  void prune(List<Unreached> gone, Instant end) throws InterruptedException {
    try (Parallel parallel = new Parallel(threads)) {
      for (var existence : parallel.all(gone, unreached -> lookAfter(unreached, end))) {
        parallel.answer(existence);
      }
    }
  }

  /** Whether a row is old enough for a 410 to mean that its connection has ended. */
  static boolean mayBeGone(Member member, Instant now) {
    return member.connection().joinedAt().plus(HANDSHAKE_MAX).isBefore(now);
  }

  private Posts.Existence lookAfter(Unreached unreached, Instant end) throws InterruptedException {
    Member member = unreached.member();
    Instant asked = clock.instant();
    if (asked.isAfter(end)) {
      return Posts.Existence.UNKNOWN;
    }
    Posts.Existence existence = throttle.call(() -> posts.find(member.connection().id()));
    if (existence == Posts.Existence.PRESENT) {
      delivery.deliverAgain(unreached, end);
    }
    if (existence == Posts.Existence.ABSENT && mayBeGone(member, asked)) {
      remove(member);
    }
    return existence;
  }

  private void remove(Member member) {
    try {
      log.atInfo()
          .addKeyValue("connectionId", member.connection().id())
          .addKeyValue("room", member.room().value())
          .addKeyValue("removed", membership.prune(member))
          .log("pruned");
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("connectionId", member.connection().id())
          .addKeyValue("room", member.room().value())
          .addKeyValue("reason", e.toString())
          .log("prune_failed");
    }
  }
}
