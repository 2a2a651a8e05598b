package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.roomlog.core.StorageUnavailable;
import io.roomlog.core.membership.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes what is new in the log to everybody in the room. Invoked with batches of the messages
 * table's stream; rooms are independent of each other and delivered at once.
 *
 * <p>The push is a hint and the log is the truth, so nothing here is ever worth losing or holding
 * up anything else: a connection that cannot be reached is given up, a room that cannot be read is
 * reported and comes again, and records that come twice are pushed twice.
 *
 * <p>It is its own clock: while one batch is pushed the stream gathers the next, so the busier a
 * room, the more of its messages share an invocation.
 */
public final class FanOut implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

  private static final Logger log = LoggerFactory.getLogger(FanOut.class);

  private final RoomDelivery delivery;
  private final Pruner pruner;

  /** For Lambda. */
  public FanOut() {
    this(Wiring.environment());
  }

  /** For everybody else. */
  public FanOut(Map<String, String> environment) {
    this(Wiring.of(environment));
  }

  private FanOut(Wiring wiring) {
    this(wiring.delivery(), wiring.pruner());
  }

  FanOut(RoomDelivery delivery, Pruner pruner) {
    this.delivery = delivery;
    this.pruner = pruner;
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, @Nullable Context context) {
    Batch batch = Batch.of(event.getRecords());
    try {
      return Checkpoint.of(push(batch));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in the middle of a batch", e);
    }
  }

  private List<String> push(Batch batch) throws InterruptedException {
    List<String> failed = new ArrayList<>(batch.unreadable());
    List<Member> gone = new ArrayList<>();
    try (Parallel parallel = new Parallel()) {
      List<Future<Result>> results = parallel.all(batch.rooms(), this::push);
      for (Future<Result> result : results) {
        switch (parallel.answer(result)) {
          case Result.Pushed(List<Member> members) -> gone.addAll(members);
          case Result.NotPushed(List<String> sequenceNumbers) -> failed.addAll(sequenceNumbers);
        }
      }
    }
    pruner.prune(gone);
    return failed;
  }

  private sealed interface Result {
    record Pushed(List<Member> gone) implements Result {}

    record NotPushed(List<String> sequenceNumbers) implements Result {}
  }

  private Result push(Batch.RoomBatch room) throws InterruptedException {
    try {
      return new Result.Pushed(delivery.deliver(room));
    } catch (StorageUnavailable e) {
      log.atError()
          .addKeyValue("room", room.room().value())
          .addKeyValue("entries", room.entries().size())
          .addKeyValue("reason", e.getMessage())
          .log("room_not_pushed");
    } catch (RuntimeException bug) {
      // Of this room or of its data; the other rooms of the batch have no part in it.
      log.atError().setCause(bug).addKeyValue("room", room.room().value()).log("room_failed");
    }
    return new Result.NotPushed(room.sequenceNumbers());
  }
}
