package io.roomlog.local;

import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.functions.Functions;
import io.roomlog.local.queues.QueueMappings;
import io.roomlog.local.queues.Queues;
import io.roomlog.local.stream.CheckpointStore;
import io.roomlog.local.stream.DynamoDbStreamSource;
import io.roomlog.local.stream.EventSourceMappings;
import io.roomlog.local.stream.FileCheckpoints;
import io.roomlog.local.stream.InMemoryCheckpoints;
import io.roomlog.local.stream.MappingStatus;
import io.roomlog.local.stream.Pace;
import io.roomlog.local.tables.TablesServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** What moves records and messages into the functions of a deployment. */
final class EventSources {
  /** DynamoDB Local cuts the time of a stream's record to the minute. */
  private static final Duration RECORD_TIME_PRECISION = Duration.ofMinutes(1);

  private static final String CHECKPOINTS = "checkpoints";

  private final Queues queues;
  private final DynamoDbStreamsClient streamsClient;
  private final EventSourceMappings streamMappings;
  private final QueueMappings queueMappings;

  EventSources(
      RunOptions options,
      Queues queues,
      TablesServer tables,
      Functions functions,
      FaultInjection faults,
      InstantSource clock,
      RandomGenerator random) {
    this.queues = queues;
    streamsClient = tables.streams();
    streamMappings =
        new EventSourceMappings(
            options
                .streams()
                .apply(
                    faults.before(
                        new DynamoDbStreamSource(streamsClient, RECORD_TIME_PRECISION), clock)),
            functions,
            queues::send,
            checkpoints(options),
            Pace.LAMBDA.polling(options.poll()),
            clock,
            random);
    queueMappings = new QueueMappings(queues, functions, Pace.LAMBDA.stop());
  }

  private static CheckpointStore checkpoints(RunOptions options) {
    return options
        .dataFolder()
        .<CheckpointStore>map(folder -> new FileCheckpoints(folder.resolve(CHECKPOINTS)))
        .orElseGet(InMemoryCheckpoints::new);
  }

  Queues queues() {
    return queues;
  }

  /** How each stream mapping is now. */
  List<MappingStatus> status() {
    return streamMappings.status();
  }

  void start(Deployment deployment, Map<String, String> streamArns) {
    queueMappings.start(deployment.queueMappings(), deployment.functions());
    streamMappings.start(deployment, streamArns);
  }

  /** Lets the batches in flight finish. */
  void end() {
    streamMappings.close();
    queueMappings.close();
    streamsClient.close();
  }
}
