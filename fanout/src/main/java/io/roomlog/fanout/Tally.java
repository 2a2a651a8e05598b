package io.roomlog.fanout;

import io.roomlog.fanout.posts.Posts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the connections of a room fared, all together. Safe for many threads. */
final class Tally {

  private long delivered;
  private long posts;
  private long tooFastClient;
  private long tooFastAccount;
  private int connections;
  private int postedTo;
  private int gone;
  private int gaveUp;
  private int failedByGateway;
  private Delivery.@Nullable Reason unfinished;
  private Delivery.@Nullable Reason lastFailure;

  /**
   * What it adds up to.
   *
   * @param connections how many there were
   * @param posts made for them
   * @param delivered of these, delivered
   * @param tooFastClient of these, refused because a client's buffer was full
   * @param tooFastAccount of these, refused by the account
   * @param gone connections of which the gateway says that they are gone
   * @param gaveUp connections that missed something
   */
  record Sum(
      int connections,
      long posts,
      long delivered,
      long tooFastClient,
      long tooFastAccount,
      int gone,
      int gaveUp) {}

  synchronized void add(Share share, Delivery.Result result) {
    connections++;
    postedTo += share.posts() > 0 ? 1 : 0;
    posts += share.posts();
    delivered += result.delivered();
    tooFastClient += share.tooFastClient();
    tooFastAccount += share.tooFastAccount();
    switch (result) {
      case Delivery.Result.All(_) -> {}
      case Delivery.Result.Gone(_) -> gone++;
      case Delivery.Result.GaveUp(_, Delivery.Reason reason) -> gaveUp(reason);
    }
  }

  private void gaveUp(Delivery.Reason reason) {
    gaveUp++;
    if (reason.comesAgain()) {
      unfinished = reason;
    }
    if (reason instanceof Delivery.Reason.LastPost(Posts.Posted posted) && isOfGateway(posted)) {
      failedByGateway++;
      lastFailure = reason;
    }
  }

  /** Where there is no answer, it may be a client that is stuck. */
  private static boolean isOfGateway(Posts.Posted posted) {
    return posted instanceof Posts.Posted.Failed || posted instanceof Posts.Posted.NotSent;
  }

  synchronized Sum sum() {
    return new Sum(connections, posts, delivered, tooFastClient, tooFastAccount, gone, gaveUp);
  }

  /**
   * Why the room has to come again, if so: somebody missed something for no fault of his, because
   * the time was up or the account refused; or the gateway itself answered every post with an
   * error, or could not be reached for any.
   */
  synchronized Optional<Delivery.Reason> unfinished() {
    boolean isBlocked = delivered == 0 && postedTo > 0 && failedByGateway == postedTo;
    return Optional.ofNullable(unfinished != null || !isBlocked ? unfinished : lastFailure);
  }
}
