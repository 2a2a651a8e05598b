package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.roomlog.fanout.CrowdBatch.Asked;
import io.roomlog.fanout.CrowdBatch.Group;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes to the rooms that {@link FanOut} hands over because they are big, and what an operator
 * wants pushed again. Invoked with up to ten ranges of a FIFO queue whose message group is the
 * room, so one invocation at a time pushes to a room, and while it does the queue gathers what is
 * pushed together next.
 *
 * <p>What fails is reported with everything behind it in its group
 * (docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html): of a FIFO queue the rest
 * would otherwise be deleted, or overtake it. Other rooms of the batch have no part in it.
 */
public final class Crowd implements RequestHandler<SQSEvent, SQSBatchResponse> {

  /** How long an invocation may post where nobody says how long it may run. */
  private static final Duration POSTING_MAX = Duration.ofSeconds(50);

  private static final Logger log = LoggerFactory.getLogger(Crowd.class);

  private final Parts parts;

  /**
   * What it is made of.
   *
   * @param push to one room
   * @param pruner of what is gone
   * @param clock the machine's
   */
  record Parts(CrowdPush push, Pruner pruner, InstantSource clock) {}

  /** For Lambda. */
  public Crowd() {
    this(Wiring.environment());
  }

  /** For everybody else. */
  public Crowd(Map<String, String> environment) {
    this(Wiring.crowd(environment));
  }

  Crowd(Parts parts) {
    this.parts = parts;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, @Nullable Context context) {
    Instant end = parts.clock().instant().plus(left(context));
    try {
      List<String> failed = push(CrowdBatch.of(event.getRecords()), end);
      return new SQSBatchResponse(failed.stream().map(BatchItemFailure::new).toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in the middle of a batch", e);
    }
  }

  private static Duration left(@Nullable Context context) {
    return context == null
        ? POSTING_MAX
        : Duration.ofMillis(context.getRemainingTimeInMillis()).minus(FanOut.RESERVE);
  }

  private record Result(List<String> failed, List<RoomDelivery.Unreached> gone) {}

  private List<String> push(List<Group> groups, Instant end) throws InterruptedException {
    List<String> failed = new ArrayList<>();
    List<RoomDelivery.Unreached> gone = new ArrayList<>();
    try (Parallel parallel = new Parallel()) {
      for (Future<Result> future : parallel.all(groups, group -> push(group, end))) {
        Result result = parallel.answer(future);
        failed.addAll(result.failed());
        gone.addAll(result.gone());
      }
    }
    parts.pruner().prune(gone, end);
    return failed;
  }

  private Result push(Group group, Instant end) throws InterruptedException {
    if (group.asked().isEmpty()) {
      return new Result(group.unread(), List.of());
    }
    try {
      CrowdPush.Progress progress =
          parts.push().push(group.asked().stream().map(Asked::range).toList(), end);
      return new Result(group.failed(progress.through()), progress.gone());
    } catch (RuntimeException bug) {
      // Of this room or of its data; the other rooms of the batch have no part in it.
      log.atError()
          .setCause(bug)
          .addKeyValue("room", group.asked().getFirst().range().room().value())
          .log("room_failed");
      return new Result(group.failed(0), List.of());
    }
  }
}
