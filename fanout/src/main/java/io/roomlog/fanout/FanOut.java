package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.roomlog.core.StorageUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes what is new in the log to everybody in the room. Invoked with batches of the messages
 * table's stream; rooms are independent of each other and delivered at once.
 *
 * <p>The push is a hint and the log is the truth, so nothing here is ever worth losing or holding
 * up anything else: a connection that cannot be reached is given up, a room that cannot be read is
 * reported and comes again, and records that come twice are pushed twice only by another
 * environment.
 *
 * <p>It is its own clock: while one batch is pushed the stream gathers the next, so the busier a
 * room, the more of its messages share an invocation.
 */
public final class FanOut implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

  /** Kept free at the end of an invocation, for posts under way and for the answer. */
  static final Duration RESERVE = Duration.ofSeconds(8);

  /** How long an invocation may post where nobody says how long it may run. */
  private static final Duration POSTING_MAX = Duration.ofSeconds(50);

  private static final Logger log = LoggerFactory.getLogger(FanOut.class);

  private final RoomDelivery delivery;
  private final Pruner pruner;
  private final InstantSource clock;
  private final Supplier<ExecutorService> threads;
  private final PushedBefore pushedBefore = new PushedBefore();

  /** For Lambda. */
  public FanOut() {
    this(Wiring.environment());
  }

  /** For everybody else. */
  public FanOut(Map<String, String> environment) {
    this(Wiring.of(environment));
  }

  /** On ports, for whoever has no AWS at hand. */
  public FanOut(Ports ports) {
    this(Wiring.of(ports));
  }

  private FanOut(Wiring wiring) {
    this(wiring.delivery(), wiring.pruner(), wiring.clock(), wiring.threads());
  }

  FanOut(RoomDelivery delivery, Pruner pruner, InstantSource clock) {
    this(delivery, pruner, clock, Parallel.VIRTUAL_THREADS);
  }

  private FanOut(
      RoomDelivery delivery,
      Pruner pruner,
      InstantSource clock,
      Supplier<ExecutorService> threads) {
    this.delivery = delivery;
    this.pruner = pruner;
    this.clock = clock;
    this.threads = threads;
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, @Nullable Context context) {
    Batch batch = Batch.of(event.getRecords(), pushedBefore::contains);
    try {
      return Checkpoint.of(push(batch, end(context)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in the middle of a batch", e);
    }
  }

  private Instant end(@Nullable Context context) {
    Duration left =
        context == null
            ? POSTING_MAX
            : Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
    return clock.instant().plus(left);
  }

  private List<String> push(Batch batch, Instant end) throws InterruptedException {
    List<String> failed = new ArrayList<>(batch.unreadable());
    List<RoomDelivery.Unreached> gone = new ArrayList<>();
    try (Parallel parallel = new Parallel(threads)) {
      List<Future<Result>> results = parallel.all(batch.rooms(), room -> push(room, end));
      for (Future<Result> result : results) {
        switch (parallel.answer(result)) {
          case Result.Pushed(List<RoomDelivery.Unreached> unreached) -> gone.addAll(unreached);
          case Result.NotPushed(List<String> sequenceNumbers) -> failed.addAll(sequenceNumbers);
        }
      }
    }
    pruner.prune(gone, end);
    return failed;
  }

  private sealed interface Result {
    record Pushed(List<RoomDelivery.Unreached> gone) implements Result {}

    record NotPushed(List<String> sequenceNumbers) implements Result {}
  }

  private Result push(Batch.RoomBatch room, Instant end) throws InterruptedException {
    try {
      switch (delivery.deliver(room, end)) {
        case RoomDelivery.Result.Pushed(List<RoomDelivery.Unreached> gone) -> {
          pushedBefore.add(room.sequenceNumbers());
          return new Result.Pushed(gone);
        }
        case RoomDelivery.Result.Blocked(Delivery.Reason reason) ->
            notPushed(room, reason.toString());
      }
    } catch (StorageUnavailable e) {
      notPushed(room, String.valueOf(e.getMessage()));
    } catch (RuntimeException bug) {
      // Of this room or of its data; the other rooms of the batch have no part in it.
      log.atError().setCause(bug).addKeyValue("room", room.room().value()).log("room_failed");
    }
    return new Result.NotPushed(room.sequenceNumbers());
  }

  private static void notPushed(Batch.RoomBatch room, String reason) {
    log.atError()
        .addKeyValue("room", room.room().value())
        .addKeyValue("entries", room.entries().size())
        .addKeyValue("reason", reason)
        .log("room_not_pushed");
  }
}
