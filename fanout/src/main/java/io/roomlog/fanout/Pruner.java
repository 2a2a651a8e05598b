package io.roomlog.fanout;

import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.fanout.RoomDelivery.Unreached;
import io.roomlog.fanout.posts.Posts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
 *
 * <p>The next batch waits for this one, so it takes no more than {@link #PRUNING_MAX}, and then the
 * calls that are under way; what is left, the next push meets again.
 */
final class Pruner {

  /** The gateway waits 29 s for {@code $connect}; a row older than this has its connection. */
  static final Duration HANDSHAKE_MAX = Duration.ofSeconds(30);

  /** How long calls are begun. */
  static final Duration PRUNING_MAX = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(Pruner.class);

  private final Membership membership;
  private final Posts posts;
  private final Limiter limiter;
  private final RoomDelivery delivery;
  private final Crew crew;
  private final InstantSource clock;
  private final Metrics metrics;

  Pruner(
      Membership membership,
      Posts posts,
      Limiter limiter,
      RoomDelivery delivery,
      Crew crew,
      Machine machine) {
    this.membership = membership;
    this.posts = posts;
    this.limiter = limiter;
    this.delivery = delivery;
    this.crew = crew;
    this.clock = machine.clock();
    this.metrics = machine.metrics();
  }

  /**
   * Asks after each. Never fails: what it leaves, the next push meets.
   *
   * @param end when posting has to be over
   */
  void prune(List<Unreached> gone, Instant end) throws InterruptedException {
    Instant latest = clock.instant().plus(PRUNING_MAX);
    Budget budget = new Budget(latest.isBefore(end) ? latest : end, crew.size());
    crew.work(List.of(gone.stream().map(unreached -> lookAfter(unreached, budget)).iterator()));
  }

  /** Whether a row is old enough for a 410 to mean that its connection has ended. */
  static boolean mayBeGone(Member member, Instant now) {
    return member.joinedAt().plus(HANDSHAKE_MAX).isBefore(now);
  }

  private Crew.Job lookAfter(Unreached unreached, Budget budget) {
    return shift -> {
      if (limiter.await(budget.end())) {
        lookAfter(unreached, budget, shift);
      }
      return Optional.empty();
    };
  }

  private void lookAfter(Unreached unreached, Budget budget, Crew.Shift shift) {
    Member member = unreached.member();
    Instant asked = clock.instant();
    switch (posts.find(member.connectionId())) {
      case PRESENT -> shift.add(List.of(delivery.again(unreached, budget)).iterator());
      case ABSENT -> {
        if (mayBeGone(member, asked)) {
          remove(member);
        }
      }
      case UNKNOWN -> {}
    }
  }

  private void remove(Member member) {
    try {
      boolean removed = membership.prune(member);
      if (removed) {
        metrics.count(Metric.CONNECTIONS_PRUNED);
      }
      log.atInfo()
          .addKeyValue("connectionId", member.connectionId())
          .addKeyValue("room", member.room().value())
          .addKeyValue("removed", removed)
          .log("pruned");
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("connectionId", member.connectionId())
          .addKeyValue("room", member.room().value())
          .addKeyValue("reason", e.toString())
          .log("prune_failed");
    }
  }
}
