package io.roomlog.local.stream;

import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.deployment.StreamMapping;
import io.roomlog.local.functions.Functions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All event source mappings of a deployment that read a stream.
 *
 * <p>What a function gets is what Lambda would give it: every record at least once; the changes of
 * one item in order; a shard's records in order too unless the mapping's ParallelizationFactor is
 * above 1.
 */
public final class EventSourceMappings implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventSourceMappings.class);

  /** Whoever heeds an interrupt needs no longer to end. */
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

  private final StreamSource source;
  private final Functions functions;
  private final Destination destination;
  private final CheckpointStore checkpoints;
  private final Pace pace;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final List<StreamPoller> pollers = new CopyOnWriteArrayList<>();
  private final StopSignal stop = new StopSignal();
  private final Workers workers = new Workers(Thread.ofVirtual().name("stream-", 0).factory());

  /**
   * Prepares mappings; nothing is read before {@link #start}.
   *
   * @param source where streams are read
   * @param functions invokes the mappings' functions
   * @param destination takes word of batches given up
   * @param checkpoints where progress is kept
   * @param pace how fast to go, {@link Pace#LAMBDA} for as fast as Lambda
   * @param clock tells the time
   * @param random makes request ids
   */
  public EventSourceMappings(
      StreamSource source,
      Functions functions,
      Destination destination,
      CheckpointStore checkpoints,
      Pace pace,
      InstantSource clock,
      RandomGenerator random) {
    this.source = source;
    this.functions = functions;
    this.destination = destination;
    this.checkpoints = checkpoints;
    this.pace = pace;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Starts the deployment's mappings and returns; they run until {@link #stop}.
   *
   * @param streamArns the ARN of the stream of each table that has one, by logical id
   * @throws IllegalArgumentException if a mapping names a table without a stream or an unknown
   *     function, or has a filter pattern that is none; nothing was started then
   * @throws java.io.UncheckedIOException if the progress kept cannot be read; nothing was started
   *     then either
   */
  public void start(Deployment deployment, Map<String, String> streamArns) {
    var made =
        deployment.mappings().stream()
            .map(mapping -> new StreamPoller(context(mapping, deployment, streamArns)))
            .toList();
    pollers.addAll(made);
    made.forEach(poller -> workers.start(poller::run));
  }

  private MappingContext context(
      StreamMapping mapping, Deployment deployment, Map<String, String> streamArns) {
    var streamArn = streamArns.get(mapping.table());
    if (streamArn == null) {
      throw new IllegalArgumentException(
          "%s: table %s has no stream".formatted(mapping.logicalId(), mapping.table()));
    }
    return new MappingContext(
        mapping,
        streamArn,
        functionArn(mapping, deployment),
        new EventFilter(mapping.filterPatterns()),
        source,
        functions,
        destination,
        new MappingProgress(checkpoints, mapping.logicalId(), streamArn),
        new MappingCounters(),
        pace,
        workers,
        stop,
        clock,
        random);
  }

  private static String functionArn(StreamMapping mapping, Deployment deployment) {
    return deployment.functions().stream()
        .filter(function -> function.logicalId().equals(mapping.function()))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: no function %s".formatted(mapping.logicalId(), mapping.function())))
        .arn();
  }

  /** How each mapping is now. */
  public List<MappingStatus> status() {
    return pollers.stream().map(StreamPoller::status).toList();
  }

  /**
   * Ends all mappings: nothing more is read, each batch in a function finishes and is checkpointed.
   * One that takes longer than the pace's stop time is interrupted, and comes again after the next
   * start.
   *
   * @throws InterruptedException if the calling thread is interrupted; the mappings are interrupted
   *     then too
   */
  public void stop() throws InterruptedException {
    stop.stop();
    try {
      if (!workers.awaitEnd(pace.stop())) {
        log.atWarn().addKeyValue("afterMillis", pace.stop().toMillis()).log("batch_interrupted");
      }
    } finally {
      workers.interrupt();
    }
    if (!workers.awaitEnd(AFTER_INTERRUPT)) {
      log.atError().log("batch_ignores_interrupt");
    }
  }

  /** Stops as {@link #stop} does; an interrupt ends the wait and stays set. */
  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
