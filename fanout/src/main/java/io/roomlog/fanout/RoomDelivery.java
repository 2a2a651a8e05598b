package io.roomlog.fanout;

import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers what is new in one room to everybody in it, all connections at once. */
final class RoomDelivery {

  private static final Logger log = LoggerFactory.getLogger(RoomDelivery.class);

  private final Membership membership;
  private final Delivery delivery;
  private final InstantSource clock;

  RoomDelivery(Membership membership, Delivery delivery, InstantSource clock) {
    this.membership = membership;
    this.delivery = delivery;
    this.clock = clock;
  }

  /**
   * Delivers, and returns when every connection has got its frames or was given up.
   *
   * @return the members that the gateway says are gone
   * @throws io.roomlog.core.StorageUnavailable if it is not known who is in the room; then nobody
   *     got anything
   * @throws InterruptedException if the invocation is being abandoned
   */
  List<Member> deliver(Batch.RoomBatch batch) throws InterruptedException {
    Instant now = clock.instant();
    Frames frames = Frames.of(batch.entries(), now);
    List<Member> members = membership.members(batch.room(), now);
    Tally tally = new Tally();
    List<Member> gone = new ArrayList<>();
    try (Parallel parallel = new Parallel()) {
      List<Future<Delivery.Result>> results =
          parallel.all(members, member -> deliver(member, frames));
      for (int i = 0; i < members.size(); i++) {
        Delivery.Result result = parallel.answer(results.get(i));
        tally.add(result);
        if (result instanceof Delivery.Result.Gone) {
          gone.add(members.get(i));
        }
      }
    }
    log.atInfo()
        .addKeyValue("room", batch.room().value())
        .addKeyValue("from", batch.entries().getFirst().position())
        .addKeyValue("to", batch.entries().getLast().position())
        .addKeyValue("entries", batch.entries().size())
        .addKeyValue("connections", members.size())
        .addKeyValue("delivered", tally.delivered())
        .addKeyValue("gone", gone.size())
        .addKeyValue("givenUp", tally.gaveUp())
        .log("pushed");
    return gone;
  }

  private Delivery.Result deliver(Member member, Frames frames) throws InterruptedException {
    List<ByteBuffer> own = frames.of(member.connection().dialect());
    Delivery.Result result = delivery.deliver(member.connection().id(), own);
    if (result instanceof Delivery.Result.GaveUp(int delivered, Posts.Posted last)) {
      log.atWarn()
          .addKeyValue("connectionId", member.connection().id())
          .addKeyValue("room", member.room().value())
          .addKeyValue("missed", own.size() - delivered)
          .addKeyValue("reason", last.toString())
          .log("connection_given_up");
    }
    return result;
  }
}
