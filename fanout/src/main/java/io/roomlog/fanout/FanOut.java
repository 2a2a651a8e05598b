package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.core.snapshot.Priming;
import io.roomlog.fanout.crowd.RangeQueue;
import io.roomlog.fanout.posts.Posts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  private final RoomDelivery delivery;
  private final Pruner pruner;
  private final Crew crew;
  private final InstantSource clock;
  private final Metrics metrics;
  private final PushedBefore pushedBefore = new PushedBefore();

  /** For Lambda. */
  public FanOut() {
    this(Wiring.environment());
    Priming.beforeSnapshot(Wiring.environment(), Rehearsals::fanOut);
  }

  /** For everybody else. */
  public FanOut(Map<String, String> environment) {
    this(Wiring.of(environment));
  }

  private FanOut(Wiring wiring) {
    this(
        wiring.membership(),
        wiring.audience(),
        wiring.log(),
        wiring.posts(),
        wiring.concurrency(),
        Machine.real(wiring));
  }

  /**
   * On other ports, or in another time; hands nothing over.
   *
   * @param membership who is in the rooms
   * @param log what the rooms hold
   * @param posts to the connections
   * @param concurrency posts under way at once, at least 1
   * @param machine what it runs on
   */
  public FanOut(
      Membership membership, LogStore log, Posts posts, int concurrency, Machine machine) {
    this(membership, Audience.everybody(membership), log, posts, concurrency, machine);
  }

  /**
   * As it runs on Lambda, on other ports or in another time: hands big rooms over.
   *
   * @param membership who is in the rooms
   * @param bigRoomConnections rows that a room may have to be pushed to from here, at least 1
   * @param queue takes over the rooms that have more
   * @param log what the rooms hold
   * @param posts to the connections
   * @param concurrency posts under way at once, at least 1
   * @param machine what it runs on
   */
  public FanOut(
      Membership membership,
      int bigRoomConnections,
      RangeQueue queue,
      LogStore log,
      Posts posts,
      int concurrency,
      Machine machine) {
    this(
        membership,
        new HandOver(bigRoomConnections, membership, queue),
        log,
        posts,
        concurrency,
        machine);
  }

  FanOut(
      Membership membership,
      Audience audience,
      LogStore log,
      Posts posts,
      int concurrency,
      Machine machine) {
    this(membership, audience, log, posts, concurrency, Courtesy.impatient(), machine);
  }

  FanOut(
      Membership membership,
      Audience audience,
      LogStore log,
      Posts posts,
      int concurrency,
      Courtesy courtesy,
      Machine machine) {
    this.clock = machine.clock();
    this.metrics = machine.metrics();
    this.crew = new Crew(concurrency, machine);
    Limiter limiter = new Limiter(courtesy, clock, machine.pause());
    Delivery connections = new Delivery(posts, limiter, machine);
    this.delivery = new RoomDelivery(audience, new Gaps(log), connections, machine);
    this.pruner = new Pruner(membership, posts, limiter, delivery, crew, machine);
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, @Nullable Context context) {
    Batch batch = Batch.of(event.getRecords(), pushedBefore::contains);
    try {
      return Checkpoint.of(push(batch, end(context)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in the middle of a batch", e);
    } finally {
      metrics.flush();
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
    Budget budget = new Budget(end, crew.size());
    Pushing pushing = new Pushing(batch, budget, delivery, pushedBefore, metrics);
    crew.work(pushing.rooms());
    pruner.prune(pushing.gone(), end);
    return pushing.failed();
  }
}
