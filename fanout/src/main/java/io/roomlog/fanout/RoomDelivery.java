package io.roomlog.fanout;

import io.roomlog.core.membership.Dialect;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers what is new in one room to everybody in it, all connections at once. */
final class RoomDelivery {

  private static final Logger log = LoggerFactory.getLogger(RoomDelivery.class);

  private final Membership membership;
  private final Gaps gaps;
  private final Delivery delivery;
  private final InstantSource clock;
  private final Supplier<ExecutorService> threads;

  RoomDelivery(Membership membership, Gaps gaps, Delivery delivery, InstantSource clock) {
    this(membership, gaps, delivery, clock, Parallel.VIRTUAL_THREADS);
  }

  RoomDelivery(
      Membership membership,
      Gaps gaps,
      Delivery delivery,
      InstantSource clock,
      Supplier<ExecutorService> threads) {
    this.membership = membership;
    this.gaps = gaps;
    this.delivery = delivery;
    this.clock = clock;
    this.threads = threads;
  }

  /** What came of a room's share of a batch. */
  sealed interface Result {
    /** Every connection has got its frames or was given up. */
    record Pushed(List<Unreached> gone) implements Result {}

    /** The gateway refused or failed every post: it is the way that is blocked, not the clients. */
    record Blocked(Delivery.Reason reason) implements Result {}
  }

  /**
   * A member of whom the gateway says that it is gone.
   *
   * @param member the member
   * @param frames what it has not got
   */
  record Unreached(Member member, List<ByteBuffer> frames) {}

  /**
   * Delivers.
   *
   * @param end when posting has to be over
   * @throws io.roomlog.core.StorageUnavailable if it is not known who is in the room; then nobody
   *     got anything
   * @throws InterruptedException if the invocation is being abandoned
   */
  Result deliver(Batch.RoomBatch batch, Instant end) throws InterruptedException {
    Instant now = clock.instant();
    List<Member> all = membership.members(batch.room(), now);
    Frames frames = frames(batch, all, now);
    List<Member> members =
        all.stream().filter(member -> !framesOf(member, frames).isEmpty()).toList();
    List<Delivery.Result> results = deliver(members, frames, end);
    Tally tally = Tally.of(results);
    log.atInfo()
        .addKeyValue("room", batch.room().value())
        .addKeyValue("from", batch.entries().getFirst().position())
        .addKeyValue("to", batch.entries().getLast().position())
        .addKeyValue("entries", batch.entries().size())
        .addKeyValue("connections", members.size())
        .addKeyValue("delivered", tally.delivered())
        .addKeyValue("gone", tally.gone())
        .addKeyValue("givenUp", tally.gaveUp())
        .log("pushed");
    return tally
        .blocked()
        .<Result>map(Result.Blocked::new)
        .orElseGet(() -> new Result.Pushed(unreached(members, results, frames)));
  }

  /** Builds only what somebody in the room speaks. */
  private Frames frames(Batch.RoomBatch batch, List<Member> members, Instant now) {
    Set<Dialect> spoken = EnumSet.noneOf(Dialect.class);
    members.forEach(member -> spoken.add(member.connection().dialect()));
    return new Frames(
        spoken.contains(Dialect.PLAIN) ? Frames.plain(batch.entries(), now) : List.of(),
        spoken.contains(Dialect.ROOMLOG)
            ? Frames.roomlog(batch.room(), gaps.closed(batch.room(), batch.entries()))
            : List.of());
  }

  private List<Delivery.Result> deliver(List<Member> members, Frames frames, Instant end)
      throws InterruptedException {
    List<Delivery.Result> results = new ArrayList<>();
    try (Parallel parallel = new Parallel(threads)) {
      for (Future<Delivery.Result> result :
          parallel.all(members, member -> deliver(member, framesOf(member, frames), end))) {
        results.add(parallel.answer(result));
      }
    }
    return results;
  }

  private static List<Unreached> unreached(
      List<Member> members, List<Delivery.Result> results, Frames frames) {
    List<Unreached> unreached = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      if (results.get(i) instanceof Delivery.Result.Gone(int delivered)) {
        List<ByteBuffer> own = framesOf(members.get(i), frames);
        unreached.add(new Unreached(members.get(i), own.subList(delivered, own.size())));
      }
    }
    return unreached;
  }

  private static List<ByteBuffer> framesOf(Member member, Frames frames) {
    return frames.of(member.connection().dialect());
  }

  /** Delivers to one member again, of whom it turned out that it is there. */
  void deliverAgain(Unreached unreached, Instant end) throws InterruptedException {
    deliver(unreached.member(), unreached.frames(), end);
  }

  private Delivery.Result deliver(Member member, List<ByteBuffer> frames, Instant end)
      throws InterruptedException {
    Delivery.Result result = delivery.deliver(member.connection().id(), frames, end);
    if (result instanceof Delivery.Result.GaveUp(int delivered, Delivery.Reason reason)) {
      log.atWarn()
          .addKeyValue("connectionId", member.connection().id())
          .addKeyValue("room", member.room().value())
          .addKeyValue("missed", frames.size() - delivered)
          .addKeyValue("reason", reason.toString())
          .log("connection_given_up");
    }
    return result;
  }
}
