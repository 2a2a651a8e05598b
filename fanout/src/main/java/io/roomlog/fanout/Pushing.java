package io.roomlog.fanout;

import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.metrics.Metrics;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch being pushed. Rooms are independent of each other and delivered to at once, up to
 * {@link #ROOMS_OPEN_MAX}: who is in them has to fit into memory. Safe for many threads.
 */
final class Pushing {

  /** Rooms whose members are in memory at once. */
  static final int ROOMS_OPEN_MAX = 16;

  private static final Logger log = LoggerFactory.getLogger(Pushing.class);

  private final Budget budget;
  private final RoomDelivery delivery;
  private final PushedBefore pushedBefore;
  private final Metrics metrics;
  private final Iterator<Batch.RoomBatch> rooms;
  private final List<String> failed = new ArrayList<>();
  private final List<RoomDelivery.Unreached> gone = new ArrayList<>();

  Pushing(
      Batch batch,
      Budget budget,
      RoomDelivery delivery,
      PushedBefore pushedBefore,
      Metrics metrics) {
    this.budget = budget;
    this.delivery = delivery;
    this.pushedBefore = pushedBefore;
    this.metrics = metrics;
    this.rooms = batch.rooms().iterator();
    this.failed.addAll(batch.unreadable());
  }

  /** The first jobs: each opens a room, and when that is ended the next one. */
  synchronized List<Iterator<? extends Crew.Job>> rooms() {
    List<Crew.Job> first = new ArrayList<>();
    while (rooms.hasNext() && first.size() < ROOMS_OPEN_MAX) {
      first.add(opening(rooms.next()));
    }
    return List.of(first.iterator());
  }

  /** The sequence numbers of all records that were not handled. */
  synchronized List<String> failed() {
    return List.copyOf(failed);
  }

  /** Whoever is to be asked after. */
  synchronized List<RoomDelivery.Unreached> gone() {
    return List.copyOf(gone);
  }

  private Crew.Job opening(Batch.RoomBatch room) {
    return shift -> {
      open(room, shift);
      return Optional.empty();
    };
  }

  private void open(Batch.RoomBatch room, Crew.Shift shift) {
    RoomDelivery.Ending ending =
        (result, last) -> {
          ended(room, result);
          openNext(last);
        };
    try {
      delivery.open(room, budget, shift, ending);
    } catch (StorageUnavailable e) {
      ending.is(new RoomDelivery.Result.Unfinished(String.valueOf(e.getMessage())), shift);
    } catch (RuntimeException bug) {
      // Of this room or of its data; the other rooms of the batch have no part in it.
      log.atError().setCause(bug).addKeyValue("room", room.room().value()).log("room_failed");
      ending.is(new RoomDelivery.Result.Unfinished(bug.toString()), shift);
    }
  }

  private synchronized void openNext(Crew.Shift shift) {
    if (rooms.hasNext()) {
      shift.add(List.of(opening(rooms.next())).iterator());
    }
  }

  private synchronized void ended(Batch.RoomBatch room, RoomDelivery.Result result) {
    switch (result) {
      case RoomDelivery.Result.Pushed(List<RoomDelivery.Unreached> unreached) -> {
        pushedBefore.add(room.sequenceNumbers());
        gone.addAll(unreached);
      }
      case RoomDelivery.Result.Unfinished(String reason) -> {
        metrics.count(Metric.ROOMS_NOT_PUSHED);
        failed.addAll(room.sequenceNumbers());
        log.atError()
            .addKeyValue("room", room.room().value())
            .addKeyValue("entries", room.entries().size())
            .addKeyValue("reason", reason)
            .log("room_not_pushed");
      }
    }
  }
}
