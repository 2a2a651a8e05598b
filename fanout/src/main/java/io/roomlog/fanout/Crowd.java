package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.membership.Member;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.push.PushCursor;
import io.roomlog.core.snapshot.Priming;
import io.roomlog.fanout.CrowdBatch.Asked;
import io.roomlog.fanout.CrowdBatch.Group;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.crowd.RangeRetries;
import io.roomlog.fanout.posts.Posts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
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

  private final CrowdPush push;
  private final RoomDelivery delivery;
  private final Pruner pruner;
  private final int concurrency;
  private final RangeRetries retries;
  private final Machine machine;

  /** For Lambda. */
  public Crowd() {
    this(Wiring.environment());
    Priming.beforeSnapshot(Wiring.environment(), Rehearsals::crowd);
  }

  /** For everybody else. */
  public Crowd(Map<String, String> environment) {
    this(Wiring.crowd(environment));
  }

  private Crowd(Wiring wiring) {
    this(
        wiring.membership(),
        wiring.log(),
        wiring.cursor(),
        wiring.posts(),
        wiring.crowd(),
        wiring.retries(),
        Machine.real(wiring));
  }

  /**
   * On other ports, or in another time.
   *
   * @param membership who is in the rooms
   * @param entries what the rooms hold
   * @param cursor what of it has been pushed
   * @param posts to the connections
   * @param settings how much at once, and how fast
   * @param retries when what fails comes again
   * @param machine what it runs on
   */
  public Crowd(
      Membership membership,
      LogStore entries,
      PushCursor cursor,
      Posts posts,
      CrowdSettings settings,
      RangeRetries retries,
      Machine machine) {
    this.concurrency = settings.concurrency();
    this.retries = retries;
    this.machine = machine;
    Limiter limiter =
        new Limiter(Courtesy.polite(settings.accountPerSecond()), machine.clock(), machine.pause());
    Delivery connections = new Delivery(posts, limiter, machine);
    this.delivery =
        new RoomDelivery(Audience.everybody(membership), new Gaps(entries), connections, machine);
    Crew crew = new Crew(concurrency, machine);
    this.pruner = new Pruner(membership, posts, limiter, delivery, crew, machine);
    Waiting waiting = new Waiting(machine.random(), machine.pause());
    this.push =
        new CrowdPush(
            membership, entries, cursor, settings.bigRoomConnections(), machine.clock(), waiting);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, @Nullable Context context) {
    Instant end = machine.clock().instant().plus(left(context));
    try {
      List<String> failed = push(CrowdBatch.of(event.getRecords()), end);
      // The last thing it does: what is shown again may be in another invocation at once.
      retries.schedule(CrowdRetries.waits(event.getRecords(), failed));
      return new SQSBatchResponse(failed.stream().map(BatchItemFailure::new).toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in the middle of a batch", e);
    } finally {
      machine.metrics().flush();
    }
  }

  private static Duration left(@Nullable Context context) {
    return context == null
        ? POSTING_MAX
        : Duration.ofMillis(context.getRemainingTimeInMillis()).minus(FanOut.RESERVE);
  }

  private record Result(List<String> failed, List<RoomDelivery.Unreached> gone) {}

  /** Rooms at once; they share what may be under way, and the account's rate. */
  private List<String> push(List<Group> groups, Instant end) throws InterruptedException {
    Crew crew = new Crew(Math.max(1, concurrency / Math.max(1, groups.size())), machine);
    List<String> failed = new ArrayList<>();
    List<RoomDelivery.Unreached> gone = new ArrayList<>();
    try (ExecutorService threads = machine.threads().get()) {
      List<Future<Result>> results =
          groups.stream().map(group -> threads.submit(() -> push(group, crew, end))).toList();
      for (Future<Result> future : results) {
        Result result = answer(future, threads);
        failed.addAll(result.failed());
        gone.addAll(result.gone());
      }
    }
    pruner.prune(gone, end);
    return failed;
  }

  private static Result answer(Future<Result> future, ExecutorService threads)
      throws InterruptedException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      threads.shutdownNow();
      throw e;
    } catch (ExecutionException e) {
      threads.shutdownNow();
      throw new IllegalStateException(e.getCause());
    }
  }

  private Result push(Group group, Crew crew, Instant end) throws InterruptedException {
    if (group.asked().isEmpty()) {
      return new Result(group.unread(), List.of());
    }
    try {
      List<Range> ranges = group.asked().stream().map(Asked::range).toList();
      CrowdPush.Progress progress =
          push.push(ranges, (news, members) -> deliver(news, members, crew, end), end);
      if (!progress.isWhole()) {
        machine.metrics().count(Metric.ROOMS_NOT_PUSHED);
      }
      return new Result(group.failed(progress::isDone), progress.gone());
    } catch (RuntimeException bug) {
      // Of this room or of its data; the other rooms of the batch have no part in it.
      log.atError()
          .setCause(bug)
          .addKeyValue("room", group.asked().getFirst().range().room().value())
          .log("room_failed");
      return new Result(group.failed(_ -> false), List.of());
    }
  }

  private RoomDelivery.Result deliver(News news, List<Member> members, Crew crew, Instant end)
      throws InterruptedException {
    AtomicReference<RoomDelivery.Result> result =
        new AtomicReference<>(new RoomDelivery.Result.Unfinished("nobody finished it"));
    Crew.Job opening =
        shift -> {
          Budget budget = new Budget(end, crew.size());
          delivery.open(news, members, budget, shift, (ended, _) -> result.set(ended));
          return Optional.empty();
        };
    crew.work(List.of(List.of(opening).iterator()));
    return Objects.requireNonNull(result.get());
  }
}
