package io.roomlog.fanout;

import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Member;
import io.roomlog.core.metrics.Metric;
import io.roomlog.fanout.posts.Frame;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers what is new in one room to everybody in it. */
final class RoomDelivery {

  private static final Logger log = LoggerFactory.getLogger(RoomDelivery.class);

  private final Audience audience;
  private final Gaps gaps;
  private final Delivery delivery;
  private final Machine machine;

  RoomDelivery(Audience audience, Gaps gaps, Delivery delivery, Machine machine) {
    this.audience = audience;
    this.gaps = gaps;
    this.delivery = delivery;
    this.machine = machine;
  }

  /** What came of a room's share of a batch. */
  sealed interface Result {
    /** Every connection has got its frames or was given up for a reason of its own. */
    record Pushed(List<Unreached> gone) implements Result {}

    /**
     * Somebody has missed something for no fault of his, or everybody everything.
     *
     * @param reason for the operator
     */
    record Unfinished(String reason) implements Result {}
  }

  /** Is told what came of a room, once; may give the shift more to do. */
  @FunctionalInterface
  interface Ending {
    void is(Result result, Crew.Shift shift);
  }

  /**
   * A member of whom the gateway says that it is gone.
   *
   * @param member the member
   * @param frames what it has not got
   */
  record Unreached(Member member, List<Frame> frames) {}

  /**
   * Finds out who is to get the room's share and gives the shift a job for each of them. Once
   * posting is over nobody is asked: with the tables slow, the rooms of one batch could take longer
   * than the invocation may.
   *
   * @throws io.roomlog.core.StorageUnavailable if it is not known who that is; then nobody got
   *     anything
   */
  void open(Batch.RoomBatch batch, Budget budget, Crew.Shift shift, Ending ending) {
    Instant now = machine.clock().instant();
    if (now.isAfter(budget.end())) {
      ending.is(new Result.Unfinished("no time to begin"), shift);
      return;
    }
    Optional<List<Member>> members = audience.of(batch, now);
    if (members.isEmpty()) {
      machine.metrics().count(Metric.ROOMS_HANDED_OVER);
      ending.is(new Result.Pushed(List.of()), shift);
      return;
    }
    open(new BatchNews(batch, gaps), members.get(), budget, shift, ending);
  }

  /** Gives the shift a job for each of those members for whom there is something. */
  void open(News news, List<Member> all, Budget budget, Crew.Shift shift, Ending ending) {
    Frames frames = frames(news, all, machine.clock().instant());
    List<Member> members =
        all.stream().filter(member -> !framesOf(member, frames).isEmpty()).toList();
    long posts = members.stream().mapToLong(member -> framesOf(member, frames).size()).sum();
    long inARow = Math.max(frames.plain().size(), frames.roomlog().size());
    Instant now = machine.clock().instant();
    if (!budget.begin(posts, inARow, now, delivery.limiter().perSecond())) {
      ending.is(new Result.Unfinished("no time for " + posts + " posts"), shift);
      return;
    }
    OpenRoom room = new OpenRoom(news, members.size(), delivery.limiter(), machine, ending);
    if (members.isEmpty()) {
      room.end(shift);
    }
    Iterator<Crew.Job> jobs =
        members.stream()
            .map(member -> job(member, framesOf(member, frames), budget, room))
            .iterator();
    shift.add(jobs);
  }

  private Crew.Job job(Member member, List<Frame> frames, Budget budget, OpenRoom room) {
    Share share = delivery.share(member, frames, budget);
    return shift ->
        switch (step(share, member)) {
          case Share.Step.Again(Instant at) -> Optional.of(at);
          case Share.Step.Done(Delivery.Result result) -> {
            budget.finish(frames.size());
            room.done(member, frames, share, result, shift);
            yield Optional.empty();
          }
        };
  }

  /** A bug is the room's; the other rooms of the batch have no part in it. */
  private static Share.Step step(Share share, Member member) throws InterruptedException {
    try {
      return share.step();
    } catch (RuntimeException bug) {
      log.atError().setCause(bug).addKeyValue("room", member.room().value()).log("room_failed");
      return new Share.Step.Done(
          new Delivery.Result.GaveUp(0, new Delivery.Reason.Bug(bug.toString())));
    }
  }

  /** Builds only what somebody in the room speaks. */
  private static Frames frames(News news, List<Member> members, Instant now) {
    Set<Dialect> spoken = EnumSet.noneOf(Dialect.class);
    members.forEach(member -> spoken.add(member.dialect()));
    return new Frames(
        spoken.contains(Dialect.PLAIN) ? Frames.plain(news.plain(), now) : List.of(),
        spoken.contains(Dialect.ROOMLOG) ? Frames.roomlog(news.room(), news.roomlog()) : List.of());
  }

  private static List<Frame> framesOf(Member member, Frames frames) {
    return frames.of(member.dialect());
  }

  /** Delivers to one member again, of whom it turned out that it is there. */
  Crew.Job again(Unreached unreached, Budget budget) {
    Share share = delivery.share(unreached.member(), unreached.frames(), budget);
    return _ ->
        switch (step(share, unreached.member())) {
          case Share.Step.Again(Instant at) -> Optional.of(at);
          case Share.Step.Done(Delivery.Result result) -> {
            OpenRoom.logIfGivenUp(unreached.member(), unreached.frames(), result);
            yield Optional.empty();
          }
        };
  }
}
