package io.roomlog.fanout;

import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the rows of connections that are gone, after everybody else has got their frames.
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
  private final InstantSource clock;

  Pruner(Membership membership, Posts posts, Throttle throttle, InstantSource clock) {
    this.membership = membership;
    this.posts = posts;
    this.throttle = throttle;
    this.clock = clock;
  }

  /** Checks each and removes what is gone for good. Never fails: what it leaves, the next meets. */
  void prune(List<Member> gone) throws InterruptedException {
    Instant now = clock.instant();
    List<Member> old = gone.stream().filter(member -> mayBeGone(member, now)).toList();
    try (Parallel parallel = new Parallel()) {
      for (var pruned : parallel.all(old, this::pruneIfGone)) {
        parallel.answer(pruned);
      }
    }
  }

  /** Whether a row is old enough for a 410 to mean that its connection has ended. */
  static boolean mayBeGone(Member member, Instant now) {
    return member.connection().joinedAt().plus(HANDSHAKE_MAX).isBefore(now);
  }

  private boolean pruneIfGone(Member member) throws InterruptedException {
    String connectionId = member.connection().id();
    if (throttle.call(() -> posts.find(connectionId)) != Posts.Existence.ABSENT) {
      return false;
    }
    try {
      boolean removed = membership.prune(member);
      log.atInfo()
          .addKeyValue("connectionId", connectionId)
          .addKeyValue("room", member.room().value())
          .addKeyValue("removed", removed)
          .log("pruned");
      return removed;
    } catch (StorageUnavailable e) {
      log.atWarn()
          .addKeyValue("connectionId", connectionId)
          .addKeyValue("room", member.room().value())
          .addKeyValue("reason", e.getMessage())
          .log("prune_failed");
      return false;
    }
  }
}
