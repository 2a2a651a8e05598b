package io.roomlog.local.stream;

import io.roomlog.local.deployment.StreamMapping;
import io.roomlog.local.functions.Functions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Brings a batch through the function: invokes it, and does what the {@link RetryPlan} says of the
 * answer, until every record is handled or given up.
 */
final class Delivery {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final Functions functions;
  private final StreamMapping mapping;
  private final GivenUp.Route route;
  private final RetryPlan plan;
  private final ShardCheckpoint checkpoint;
  private final MappingCounters counters;
  private final Destination destination;
  private final StopSignal stop;
  private final InstantSource clock;
  private final RandomGenerator random;

  Delivery(MappingContext context, GivenUp.Route route, ShardCheckpoint checkpoint) {
    this.functions = context.functions();
    this.mapping = context.mapping();
    this.route = route;
    this.plan = context.retryPlan();
    this.checkpoint = checkpoint;
    this.counters = context.counters();
    this.destination = context.destination();
    this.stop = context.stop();
    this.clock = context.clock();
    this.random = context.random();
  }

  /** Returns when every record of the batch is handled or given up, or on a stop. */
  void deliver(Batch batch) throws InterruptedException {
    Deque<Batch> work = new ArrayDeque<>();
    work.push(batch);
    while (!work.isEmpty() && !stop.stopped()) {
      step(work.pop(), work);
    }
  }

  private void step(Batch batch, Deque<Batch> work) throws InterruptedException {
    switch (plan.due(batch, clock.instant())) {
      case RetryPlan.Due.Invoke(var due) -> invoke(due, work);
      case RetryPlan.Due.TooOld(var expired, var rest) -> {
        if (rest != null) {
          work.push(rest);
        }
        giveUp(expired, GivenUp.Condition.RECORD_AGE_EXCEEDED);
      }
    }
  }

  private void invoke(Batch batch, Deque<Batch> work) throws InterruptedException {
    var outcome = functions.invoke(mapping.function(), batch.event());
    var invoked = batch.invoked(outcome);
    var verdict = BatchAnswer.read(outcome, batch, mapping.reportBatchItemFailures());
    counters.invoked(verdict);
    report(invoked, verdict);
    switch (plan.after(invoked, verdict)) {
      case RetryPlan.Next.Done() -> handled(invoked.sequenceNumbers());
      case RetryPlan.Next.Again(var rest, var wait) -> {
        handled(invoked.sequenceNumbersWithout(rest));
        work.push(rest);
        rest(wait);
      }
      case RetryPlan.Next.Halves(var first, var second) -> {
        work.push(second);
        work.push(first);
      }
      case RetryPlan.Next.GiveUp(var rest) -> {
        handled(invoked.sequenceNumbersWithout(rest));
        giveUp(rest, GivenUp.Condition.RETRY_ATTEMPTS_EXHAUSTED);
      }
    }
  }

  private void handled(List<SequenceNumber> records) {
    counters.handled(records.size());
    checkpoint.handled(records);
  }

  private void rest(Duration wait) throws InterruptedException {
    if (wait.isPositive()) {
      stop.pause(wait);
    }
  }

  /** Told before it is checkpointed, so that what is skipped is never skipped in silence. */
  private void giveUp(Batch batch, GivenUp.Condition condition) {
    var now = clock.instant();
    log.atError()
        .addKeyValue("mapping", mapping.logicalId())
        .addKeyValue("shard", route.shardId())
        .addKeyValue("first", batch.first().sequenceNumber().digits())
        .addKeyValue("last", batch.last().sequenceNumber().digits())
        .addKeyValue("records", batch.size())
        .addKeyValue("condition", condition.text())
        .log("stream_batch_given_up");
    if (mapping.onFailureQueue() != null) {
      var requestId = new UUID(random.nextLong(), random.nextLong());
      tell(mapping.onFailureQueue(), GivenUp.render(route, batch, condition, requestId, now));
    }
    counters.givenUp(batch.size());
    checkpoint.handled(batch.sequenceNumbers());
  }

  /** A destination that fails does not block the shard; Lambda counts it and goes on as well. */
  private void tell(String queue, String message) {
    try {
      destination.send(queue, message);
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("mapping", mapping.logicalId())
          .addKeyValue("queue", queue)
          .setCause(e)
          .log("stream_destination_failed");
    }
  }

  private void report(Batch batch, Verdict verdict) {
    var result =
        switch (verdict) {
          case Verdict.AllDone() -> "done";
          case Verdict.FailedFrom(var lowest) -> "failed from " + lowest.digits();
          case Verdict.AllFailed(var reason) -> reason;
        };
    log.atLevel(verdict instanceof Verdict.AllDone ? Level.DEBUG : Level.WARN)
        .addKeyValue("mapping", mapping.logicalId())
        .addKeyValue("shard", route.shardId())
        .addKeyValue("records", batch.size())
        .addKeyValue("invocations", batch.invocations())
        .addKeyValue("result", result)
        .log("stream_batch");
  }
}
