package io.roomlog.fanout;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.membership.Roster;
import io.roomlog.core.membership.Shards;
import io.roomlog.fanout.crowd.Merged;
import io.roomlog.fanout.crowd.Range;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes ranges of one room's log to everybody in it, all ranges together: the members are read
 * once, and what ten batches brought shares its frames.
 *
 * <p>The members are read after the entries were stored, as everywhere: {@link Membership} has the
 * argument why whoever joins meanwhile misses nothing.
 */
final class CrowdPush {

  /**
   * Tries of what concerns the whole room: a reading, or a page that the gateway refused. What
   * fails longer comes back when the queue shows it again, which takes minutes.
   */
  static final int TRIES_MAX = 5;

  /** As {@link Progress#through}: nothing is left. */
  static final long ALL = Long.MAX_VALUE;

  private static final Logger log = LoggerFactory.getLogger(CrowdPush.class);

  private final Membership membership;
  private final LogStore entries;
  private final InstantSource clock;
  private final Waiting waiting;

  CrowdPush(Membership membership, LogStore entries, InstantSource clock, Waiting waiting) {
    this.membership = membership;
    this.entries = entries;
    this.clock = clock;
    this.waiting = waiting;
  }

  /**
   * How far a push came.
   *
   * @param through the position up to which everybody got everything or was given up, {@link #ALL}
   *     if nothing is left
   * @param gone of whom the gateway says that they are gone
   */
  record Progress(long through, List<RoomDelivery.Unreached> gone) {}

  /**
   * Pushes.
   *
   * @param ranges of one room, at least one
   * @param delivery posts to its members
   * @param end when nothing is to be tried again; posting is over by then
   * @throws InterruptedException if the invocation is being abandoned
   */
  Progress push(List<Range> ranges, MembersPush delivery, Instant end) throws InterruptedException {
    return new Push(ranges.getFirst().room(), new Merged(ranges), delivery, end).run();
  }

  /** One room's push. */
  private final class Push {
    private final RoomName room;
    private final Merged wanted;
    private final MembersPush delivery;
    private final Instant end;
    private final List<RoomDelivery.Unreached> gone = new ArrayList<>();

    /** A 410 is asked after once, and not answered with every page that follows. */
    private final Set<String> goneIds = new HashSet<>();

    private long through;

    Push(RoomName room, Merged wanted, MembersPush delivery, Instant end) {
      this.room = room;
      this.wanted = wanted;
      this.delivery = delivery;
      this.end = end;
    }

    Progress run() throws InterruptedException {
      try {
        Roster roster = tried(() -> membership.roster(room, clock.instant()));
        grow(room, roster);
        LogPages pages = new LogPages(entries, room, wanted);
        for (List<Entry> page = tried(pages::next); !page.isEmpty(); page = tried(pages::next)) {
          List<Entry> next = page;
          tried(() -> deliver(next, roster));
          through = page.getLast().position();
        }
        return new Progress(ALL, gone);
      } catch (UnfinishedException e) {
        log.atError()
            .addKeyValue("room", room.value())
            .addKeyValue("through", through)
            .addKeyValue("reason", e.getMessage())
            .log("crowd_not_pushed");
        return new Progress(through, gone);
      }
    }

    private boolean deliver(List<Entry> page, Roster roster)
        throws UnfinishedException, InterruptedException {
      List<Member> members =
          roster.members().stream()
              .filter(member -> !goneIds.contains(member.connectionId()))
              .toList();
      return switch (delivery.deliver(new RangeNews(room, page, wanted), members)) {
        case RoomDelivery.Result.Pushed(List<RoomDelivery.Unreached> unreached) -> {
          unreached.forEach(each -> goneIds.add(each.member().connectionId()));
          yield gone.addAll(unreached);
        }
        case RoomDelivery.Result.Unfinished(String reason) -> throw new UnfinishedException(reason);
      };
    }

    private <T> T tried(Trying<T> trying) throws UnfinishedException, InterruptedException {
      for (int tries = 1; ; tries++) {
        try {
          return trying.once();
        } catch (StorageUnavailable | UnfinishedException e) {
          if (tries == TRIES_MAX || clock.instant().isAfter(end)) {
            throw new UnfinishedException(String.valueOf(e.getMessage()));
          }
        }
        waiting.before(tries);
      }
    }
  }

  /** Something that may have to be tried again. */
  @FunctionalInterface
  private interface Trying<T> {
    T once() throws UnfinishedException, InterruptedException;
  }

  /** Not everybody has got everything, and the rest of the room's ranges waits behind it. */
  private static final class UnfinishedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfinishedException(String reason) {
      super(reason);
    }
  }

  /** More shards are for those who join from now on, so that it failed does not matter now. */
  private void grow(RoomName room, Roster roster) {
    int shards = Shards.wanted(roster.rows(), roster.shards());
    if (shards == roster.shards()) {
      return;
    }
    try {
      log.atInfo()
          .addKeyValue("room", room.value())
          .addKeyValue("rows", roster.rows())
          .addKeyValue("shards", shards)
          .addKeyValue("raised", membership.grow(room, shards))
          .log("room_grown");
    } catch (StorageUnavailable e) {
      log.atWarn()
          .addKeyValue("room", room.value())
          .addKeyValue("shards", shards)
          .addKeyValue("reason", e.getMessage())
          .log("room_not_grown");
    }
  }
}
