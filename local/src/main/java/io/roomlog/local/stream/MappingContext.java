package io.roomlog.local.stream;

import io.roomlog.local.deployment.StreamMapping;
import io.roomlog.local.functions.Functions;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What all threads of one mapping share.
 *
 * @param mapping what the template says
 * @param streamArn the stream it reads
 * @param functionArn the function it invokes
 * @param filter its filter criteria, compiled
 * @param source where the stream is read
 * @param functions invokes the function
 * @param destination takes word of batches given up
 * @param progress how far it is with its shards
 * @param counters what it did
 * @param pace how fast it goes
 * @param workers run its shards and lanes
 * @param stop ends them, and their waits between retries
 * @param clock tells the time
 * @param random makes request ids
 */
record MappingContext(
    StreamMapping mapping,
    String streamArn,
    String functionArn,
    EventFilter filter,
    StreamSource source,
    Functions functions,
    Destination destination,
    MappingProgress progress,
    MappingCounters counters,
    Pace pace,
    Workers workers,
    StopSignal stop,
    InstantSource clock,
    RandomGenerator random) {

  RetryPlan retryPlan() {
    return new RetryPlan(
        mapping.maximumRetryAttempts(),
        mapping.maximumRecordAge(),
        mapping.bisectOnError(),
        pace.backoff());
  }

  BatchLimits batchLimits() {
    return new BatchLimits(mapping.batchSize(), mapping.batchingWindow());
  }
}
