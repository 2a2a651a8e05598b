package io.roomlog.fanout;

import io.roomlog.core.membership.Member;
import io.roomlog.fanout.RoomDelivery.Result;
import io.roomlog.fanout.RoomDelivery.Unreached;
import io.roomlog.fanout.posts.Frame;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A room that is being delivered to: whoever is the last of its connections ends it. */
final class OpenRoom {

  private static final Logger log = LoggerFactory.getLogger(OpenRoom.class);

  private final News news;
  private final Limiter limiter;
  private final Machine machine;
  private final RoomDelivery.Ending ending;
  private final Tally tally = new Tally();
  private final List<Unreached> gone = new ArrayList<>();
  private int left;

  OpenRoom(News news, int members, Limiter limiter, Machine machine, RoomDelivery.Ending ending) {
    this.news = news;
    this.left = members;
    this.limiter = limiter;
    this.machine = machine;
    this.ending = ending;
  }

  /** A member has got its frames or was given up. */
  void done(
      Member member, List<Frame> frames, Share share, Delivery.Result result, Crew.Shift shift) {
    tally.add(share, result);
    logIfGivenUp(member, frames, result);
    if (isLast(member, frames, result)) {
      end(shift);
    }
  }

  private synchronized boolean isLast(Member member, List<Frame> frames, Delivery.Result result) {
    if (result instanceof Delivery.Result.Gone(int delivered)) {
      gone.add(new Unreached(member, frames.subList(delivered, frames.size())));
    }
    return --left == 0;
  }

  /** Nobody is left. */
  void end(Crew.Shift shift) {
    Tally.Sum sum = tally.sum();
    log.atInfo()
        .addKeyValue("room", news.room().value())
        .addKeyValue("from", news.entries().getFirst().position())
        .addKeyValue("to", news.entries().getLast().position())
        .addKeyValue("entries", news.entries().size())
        .addKeyValue("connections", sum.connections())
        .addKeyValue("posts", sum.posts())
        .addKeyValue("delivered", sum.delivered())
        .addKeyValue("gone", sum.gone())
        .addKeyValue("givenUp", sum.gaveUp())
        .addKeyValue("tooFastClient", sum.tooFastClient())
        .addKeyValue("tooFastAccount", sum.tooFastAccount())
        .addKeyValue("postsPerSecondAllowed", Math.round(limiter.perSecond().orElse(-1)))
        .log("pushed");
    Result result = result();
    new PushMetrics(machine).add(news, sum, result);
    ending.is(result, shift);
  }

  private Result result() {
    return tally
        .unfinished()
        .<Result>map(reason -> new Result.Unfinished(reason.toString()))
        .orElseGet(() -> new Result.Pushed(List.copyOf(gone)));
  }

  static void logIfGivenUp(Member member, List<Frame> frames, Delivery.Result result) {
    if (result instanceof Delivery.Result.GaveUp(int delivered, Delivery.Reason reason)) {
      log.atWarn()
          .addKeyValue("connectionId", member.connectionId())
          .addKeyValue("room", member.room().value())
          .addKeyValue("missed", frames.size() - delivered)
          .addKeyValue("reason", reason.toString())
          .log("connection_given_up");
    }
  }
}
