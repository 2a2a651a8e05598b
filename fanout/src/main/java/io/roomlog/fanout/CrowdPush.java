package io.roomlog.fanout;

import io.roomlog.core.RoomName;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.log.Entry;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.membership.Roster;
import io.roomlog.core.membership.Shards;
import io.roomlog.core.push.PushCursor;
import io.roomlog.core.push.Pushed;
import io.roomlog.fanout.crowd.Merged;
import io.roomlog.fanout.crowd.Range;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes ranges of one room's log to everybody in it, all ranges together, and with them what
 * follows in the log by now: the members are read once, and what a push of ten seconds let gather
 * shares its frames, however many ranges it is in. {@link PushCursor} remembers what was pushed, so
 * ranges that come later and are covered are done at once.
 *
 * <p><b>The entries are read before the members</b>, page by page. {@link Membership} has the
 * argument why whoever joins meanwhile misses nothing: it wants an entry to be stored before the
 * push of it reads the members. For what a range asks for that is so in any order; what is read
 * beyond it may have been stored a moment ago, after somebody has joined whom a reading made
 * earlier would not have found. And its range, when it comes, is taken to be done.
 */
final class CrowdPush {

  /**
   * Tries of what concerns the whole room: a reading, or a page that the gateway refused. What
   * fails longer comes back when the queue shows it again ({@link CrowdRetries}).
   */
  static final int TRIES_MAX = 5;

  /** As {@link Progress#through}: nothing is left. */
  private static final long ALL = Long.MAX_VALUE;

  private static final Logger log = LoggerFactory.getLogger(CrowdPush.class);

  private final Membership membership;
  private final LogStore entries;
  private final PushCursor cursor;
  private final int bigRoomConnections;
  private final InstantSource clock;
  private final Waiting waiting;

  /**
   * A way to push.
   *
   * @param bigRoomConnections rows up to which a room is pushed to by the stream's function: of
   *     such a room nothing is read ahead, since it would come twice
   */
  CrowdPush(
      Membership membership,
      LogStore entries,
      PushCursor cursor,
      int bigRoomConnections,
      InstantSource clock,
      Waiting waiting) {
    this.membership = membership;
    this.entries = entries;
    this.cursor = cursor;
    this.bigRoomConnections = bigRoomConnections;
    this.clock = clock;
    this.waiting = waiting;
  }

  /**
   * How far a push came.
   *
   * @param through the position up to which everybody got everything or was given up, {@link #ALL}
   *     if nothing is left
   * @param before what had been pushed before
   * @param gone of whom the gateway says that they are gone
   */
  record Progress(long through, Pushed before, List<RoomDelivery.Unreached> gone) {

    /** Whether nothing is left. */
    boolean isWhole() {
      return through == ALL;
    }

    /** Whether nothing of a range is left. */
    boolean isDone(Range range) {
      return range.to() <= through || new Merged(List.of(range), before).isEmpty();
    }
  }

  /**
   * Pushes.
   *
   * @param ranges of one room, at least one
   * @param delivery posts to its members
   * @param end when nothing is to be tried again; posting is over by then
   * @throws InterruptedException if the invocation is being abandoned
   */
  Progress push(List<Range> ranges, MembersPush delivery, Instant end) throws InterruptedException {
    return new Push(ranges, delivery, end).run();
  }

  /** One room's push. */
  private final class Push {
    private final RoomName room;
    private final List<Range> ranges;
    private final MembersPush delivery;
    private final Instant end;
    private final List<RoomDelivery.Unreached> gone = new ArrayList<>();

    /** A 410 is asked after once, and not answered with every page that follows. */
    private final Set<String> goneIds = new HashSet<>();

    private Pushed pushed = Pushed.NOTHING;
    private long through;

    Push(List<Range> ranges, MembersPush delivery, Instant end) {
      this.room = ranges.getFirst().room();
      this.ranges = ranges;
      this.delivery = delivery;
      this.end = end;
    }

    Progress run() throws InterruptedException {
      Pushed before = Pushed.NOTHING;
      try {
        before = tried(() -> cursor.read(room));
        pushed = before;
        Merged wanted = new Merged(ranges, before);
        LogPages pages = new LogPages(entries, room, wanted);
        for (LogPages.Page page = tried(pages::next);
            !page.wanted().isEmpty();
            page = tried(pages::next)) {
          push(page, wanted);
        }
        return new Progress(ALL, before, gone);
      } catch (UnfinishedException e) {
        log.atError()
            .addKeyValue("room", room.value())
            .addKeyValue("through", through)
            .addKeyValue("reason", e.getMessage())
            .log("crowd_not_pushed");
        return new Progress(through, before, gone);
      }
    }

    private void push(LogPages.Page page, Merged wanted)
        throws UnfinishedException, InterruptedException {
      // Not before the page: see above.
      Roster roster = tried(() -> membership.roster(room, clock.instant()));
      grow(room, roster);
      boolean isBig = roster.rows() > bigRoomConnections;
      List<Entry> ahead = isBig ? page.ahead() : List.of();
      List<Entry> all = new ArrayList<>(page.wanted());
      all.addAll(ahead);
      long wantedTo = page.wanted().getLast().position();
      RangeNews news =
          new RangeNews(room, all, position -> position > wantedTo || wanted.isForPlain(position));
      tried(() -> deliver(news, roster));
      through = wantedTo;
      remember(
          all.stream()
              .mapToLong(Entry::position)
              .filter(position -> position > wantedTo || wanted.isForAll(position)));
    }

    /** That it failed costs a repetition. */
    private void remember(LongStream positions) throws InterruptedException {
      Pushed more = positions.mapToObj(Pushed.NOTHING::with).reduce(Pushed.NOTHING, Pushed::and);
      if (more.runs().isEmpty()) {
        return;
      }
      Pushed seen = pushed;
      pushed = seen.and(more);
      try {
        tried(
            () -> {
              cursor.add(room, seen, more);
              return more;
            });
      } catch (UnfinishedException e) {
        log.atWarn()
            .addKeyValue("room", room.value())
            .addKeyValue("pushed", more.text())
            .addKeyValue("reason", e.getMessage())
            .log("pushed_not_remembered");
      }
    }

    private boolean deliver(RangeNews news, Roster roster)
        throws UnfinishedException, InterruptedException {
      List<Member> members =
          roster.members().stream()
              .filter(member -> !goneIds.contains(member.connectionId()))
              .toList();
      return switch (delivery.deliver(news, members)) {
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
