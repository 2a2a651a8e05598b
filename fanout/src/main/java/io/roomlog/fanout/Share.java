package io.roomlog.fanout;

import io.roomlog.core.membership.Member;
import io.roomlog.fanout.posts.Frame;
import io.roomlog.fanout.posts.Posts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection's share of a batch: its frames, in order, with what it may cost before it is given
 * up. Waiting for a turn costs it nothing. For one thread at a time.
 */
final class Share {

  /** Tries of one frame that fail, at most; refusals are counted apart. */
  static final int TRIES_MAX = 3;

  /** What one connection may cost in failed tries, for all frames of a batch together. */
  static final Duration FAILING_MAX = Duration.ofSeconds(3);

  /** What one connection may cost in posts, for all frames of a batch together, */
  static final Duration POSTING_MAX = Duration.ofSeconds(10);

  /**
   * and this for each of them: a post takes 15 to 20 ms, so a batch of 1,000 messages takes longer
   * than those ten seconds for a plain connection with which nothing is wrong.
   */
  static final Duration POSTING_EACH = Duration.ofMillis(25);

  /** How long the account may refuse one frame. */
  static final Duration REFUSED_MAX = Duration.ofSeconds(10);

  private final Delivery delivery;
  private final Member member;
  private final List<Frame> frames;
  private final Budget budget;
  private final Refusals refusals;
  private final Duration postingMax;
  private int delivered;
  private int failures;
  private int posts;
  private int tooFastClient;
  private int tooFastAccount;
  private Duration failing = Duration.ZERO;
  private Duration posting = Duration.ZERO;

  Share(Delivery delivery, Member member, List<Frame> frames, Budget budget) {
    this.delivery = delivery;
    this.member = member;
    this.frames = frames;
    this.budget = budget;
    this.refusals = new Refusals(member.connectionId());
    this.postingMax = POSTING_MAX.plus(POSTING_EACH.multipliedBy(frames.size()));
  }

  /** How far it has come. */
  sealed interface Step {
    /** No further: this is how it fared. */
    record Done(Delivery.Result result) implements Step {}

    /** It is to go on at that time. */
    record Again(Instant at) implements Step {}
  }

  /** Posts made. */
  int posts() {
    return posts;
  }

  /** Of these, refused because its buffer was full. */
  int tooFastClient() {
    return tooFastClient;
  }

  /** Of these, refused by the account. */
  int tooFastAccount() {
    return tooFastAccount;
  }

  /** Posts until it is done or has to wait. */
  Step step() throws InterruptedException {
    if (posts == 0 && delivery.isLeftAlone(member.connectionId())) {
      return gaveUp(new Delivery.Reason.StaysSilent());
    }
    Step step = posted();
    if (step instanceof Step.Done(Delivery.Result result)) {
      settleRefusals(result);
      delivery.note(member.connectionId(), isWithoutAnswer(result));
    }
    return step;
  }

  private static boolean isWithoutAnswer(Delivery.Result result) {
    return result
        instanceof Delivery.Result.GaveUp(_, Delivery.Reason.LastPost(Posts.Posted.NoAnswer _));
  }

  private Step posted() throws InterruptedException {
    while (delivered < frames.size()) {
      if (posting.compareTo(postingMax) > 0) {
        return gaveUp(new Delivery.Reason.TooSlow());
      }
      if (!delivery.limiter().await(budget.end())) {
        return gaveUp(new Delivery.Reason.Deadline());
      }
      Instant begun = delivery.now();
      Posts.Posted posted = delivery.post(member.connectionId(), frames.get(delivered));
      Step step = answered(posted, begun, delivery.now());
      if (step != null) {
        return step;
      }
    }
    return new Step.Done(new Delivery.Result.All(delivered));
  }

  /** What follows from an answer; null if it is the next frame. */
  private @Nullable Step answered(Posts.Posted posted, Instant begun, Instant now) {
    Duration took = Duration.between(begun, now);
    posts++;
    posting = posting.plus(took);
    budget.posted(took);
    return switch (posted) {
      case Posts.Posted.Delivered() -> {
        admitted(begun, now);
        delivered++;
        yield null;
      }
      case Posts.Posted.Gone() -> {
        admitted(begun, now);
        yield new Step.Done(new Delivery.Result.Gone(delivered));
      }
      case Posts.Posted.TooFast() -> refused(begun, now);
      case Posts.Posted.Failed failed -> failed(failed, failed.mayPass(), took);
      case Posts.Posted.NoAnswer _, Posts.Posted.NotSent _ -> failed(posted, true, took);
    };
  }

  private void admitted(Instant begun, Instant now) {
    delivery.limiter().admitted(refusals, begun, now);
    tooFastAccount += refusals.inARow();
    refusals.admitted(now);
    failures = 0;
  }

  private Step failed(Posts.Posted posted, boolean mayPass, Duration took) {
    failing = failing.plus(took);
    boolean isOver = failing.compareTo(FAILING_MAX) > 0 || delivery.now().isAfter(budget.end());
    if (++failures == TRIES_MAX || !mayPass || isOver) {
      return gaveUp(new Delivery.Reason.LastPost(posted));
    }
    return new Step.Again(delivery.afterFailures(failures));
  }

  private Step refused(Instant begun, Instant now) {
    Limiter limiter = delivery.limiter();
    refusals.refused(now);
    boolean wasFull = limiter.wasFull(member.connectionId(), now);
    boolean isFull = limiter.refused(refusals, begun, now);
    if (isFull && Verdict.isEnough(refusals.inARow(), member.dialect(), wasFull)) {
      limiter.isFull(member.connectionId(), now);
      return gaveUp(new Delivery.Reason.BufferFull());
    }
    if (Duration.between(refusals.first(), now).compareTo(REFUSED_MAX) > 0) {
      return gaveUp(new Delivery.Reason.AccountRefuses());
    }
    int inARow = refusals.inARow();
    return new Step.Again(
        isFull ? delivery.afterFullBuffer(inARow) : delivery.afterRefusals(inARow));
  }

  private Step gaveUp(Delivery.Reason reason) {
    return new Step.Done(new Delivery.Result.GaveUp(delivered, reason));
  }

  private void settleRefusals(Delivery.Result result) {
    if (result instanceof Delivery.Result.GaveUp(_, Delivery.Reason.BufferFull())) {
      tooFastClient += refusals.inARow();
    } else {
      tooFastAccount += refusals.inARow();
    }
  }
}
