package io.roomlog.core.log;

import io.roomlog.core.RoomName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One append on its way: takes positions, writes, takes new ones for what lost its place. */
final class Append {

  /** Positions lost in a row after which the counter is checked against the log. */
  static final int LOST_BEFORE_REPAIR = 3;

  /** Positions lost in a row after which an append gives up. */
  static final int LOST_MAX = 20;

  /**
   * The time after which an append begins no further write and takes no further positions. What is
   * under way then takes three calls at most, as a claim does that notes something new. With {@code
   * DynamoDb.CALL_MAX} all of it fits into the 29 s after which API Gateway gives up on a function.
   */
  static final Duration TIME_MAX = Duration.ofSeconds(10);

  /** The time after which it gives back no further position: one call later it is done. */
  static final Duration GIVING_BACK_MAX = Duration.ofSeconds(20);

  private record Pending(int index, Draft draft, String nonce) {}

  private final LogStore store;
  private final Writing writing;
  private final Supplier<Instant> clock;
  private final Retention retention;
  private final RoomName room;
  private final Author author;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final @Nullable Receipt[] receipts;
  private final Instant start;
  private Optional<String> asked;
  private int lostInARow;

  Append(
      LogStore store,
      Writing writing,
      Supplier<Instant> clock,
      Retention retention,
      RoomName room,
      Author author,
      List<Draft> drafts) {
    this.store = store;
    this.writing = writing;
    this.clock = clock;
    this.retention = retention;
    this.room = room;
    this.author = author;
    this.asked = Optional.of(author.sender());
    this.receipts = new @Nullable Receipt[drafts.size()];
    this.start = clock.get();
    for (int i = 0; i < drafts.size(); i++) {
      pending.add(new Pending(i, drafts.get(i), writing.nonce()));
    }
  }

  List<Receipt> run() throws InterruptedException {
    pending.removeIf(this::answeredFromItsMarker);
    while (!pending.isEmpty()) {
      checkTime();
      writeAtFreshPositions();
      if (lostInARow >= LOST_MAX) {
        throw new AppendFailed(room, "positions lost to other writers", LOST_MAX);
      }
      if (lostInARow > 0 && lostInARow % LOST_BEFORE_REPAIR == 0) {
        raiseCounterToLog();
      }
    }
    return Arrays.stream(receipts).map(Objects::requireNonNull).toList();
  }

  private boolean answeredFromItsMarker(Pending next) {
    String id = next.draft().id();
    if (id == null) {
      return false;
    }
    checkTime();
    Optional<Marker> known = store.marker(key(id), clock.get());
    known.ifPresent(marker -> answer(next, repeated(marker)));
    return known.isPresent();
  }

  private void writeAtFreshPositions() throws InterruptedException {
    Instant at = clock.get();
    int taken = pending.size();
    Claim claim = store.claim(room, taken, at, retention, asked);
    // What has begun is ended: of one append all is refused, or nothing.
    asked = Optional.empty();
    long last = claim.last();
    long next = last - taken + 1;
    try {
      boolean ours = true;
      while (ours && next <= last) {
        checkTime();
        ours = writeNext(next++, at, claim.retention());
      }
    } finally {
      // What follows a lost position in this batch must not overtake it; what was not reached
      // because storage failed is given back, as long as storage takes it.
      while (next <= last
          && !isOver(GIVING_BACK_MAX)
          && writing.voidQuietly(room, next, at, claim.retention())) {
        next++;
      }
    }
  }

  private boolean isOver(Duration time) {
    return clock.get().isAfter(start.plus(time));
  }

  private void checkTime() {
    if (isOver(TIME_MAX)) {
      throw new AppendFailed(room, "seconds", Math.toIntExact(TIME_MAX.toSeconds()));
    }
  }

  /** Writes the next draft at a position; false if those that follow must take other positions. */
  private boolean writeNext(long position, Instant at, Retention kept) throws InterruptedException {
    Pending next = pending.getFirst();
    Entry.Message message = message(next, position, at);
    return switch (writing.write(room, message, kept, marker(next, position, at))) {
      case Writing.Result.Ours() -> {
        settled(new Receipt.Appended(position, at));
        yield true;
      }
      case Writing.Result.Repeat(Marker marker) -> {
        settled(repeated(marker));
        writing.voidQuietly(room, position, at, kept);
        // The same drafts may be on their way twice, and the other attempt ahead: what follows must
        // not stand before what that one has stored.
        yield marker.position() < position;
      }
      case Writing.Result.Lost() -> {
        lostInARow++;
        yield false;
      }
    };
  }

  private void settled(Receipt receipt) {
    answer(pending.removeFirst(), receipt);
    lostInARow = 0;
  }

  private void raiseCounterToLog() {
    store
        .before(room, Long.MAX_VALUE, 1)
        .entries()
        .forEach(last -> store.raise(room, last.position(), clock.get()));
  }

  private Entry.Message message(Pending next, long position, Instant at) {
    Draft draft = next.draft();
    return new Entry.Message(
        position, at, next.nonce(), draft.id(), author.sender(), author.name(), draft.data());
  }

  private @Nullable Marker marker(Pending next, long position, Instant at) {
    String id = next.draft().id();
    return id == null ? null : new Marker(key(id), position, at, Marker.end(at));
  }

  private Marker.Key key(String id) {
    return new Marker.Key(room, author.scope(), id);
  }

  private void answer(Pending next, Receipt receipt) {
    receipts[next.index()] = receipt;
  }

  private static Receipt repeated(Marker marker) {
    return new Receipt.Repeated(marker.position(), marker.at());
  }
}
