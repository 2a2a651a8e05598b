package io.roomlog.local.template;

import io.roomlog.local.deployment.StreamMapping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an event source mapping of a table's stream. */
final class StreamMappingReader {
  /** What Lambda takes for a stream where nothing is said. */
  static final int BATCH_SIZE_DEFAULT = 100;

  private static final int FOREVER = -1;
  private static final String SOURCE = "EventSourceArn";
  private static final String DESTINATION = "DestinationConfig";
  private static final Set<String> OF_QUEUES = Set.of("ScalingConfig");
  private static final List<String> STREAM_ACTIONS =
      List.of(
          "dynamodb:DescribeStream",
          "dynamodb:GetRecords",
          "dynamodb:GetShardIterator",
          "dynamodb:ListStreams");

  private final Stack stack;
  private final MappingParts parts;

  StreamMappingReader(Stack stack, MappingParts parts) {
    this.stack = stack;
    this.parts = parts;
  }

  Optional<StreamMapping> read(Stack.Sound mapping, Stack.Sound table) {
    parts.refuse(mapping, OF_QUEUES, "a stream");
    if (!mapping.properties().has("StartingPosition")) {
      String mend = "add StartingPosition: TRIM_HORIZON; LATEST can miss what is written meanwhile";
      parts.tell(mapping, SOURCE, "StartingPosition is missing", mend);
      return Optional.empty();
    }
    return parts.function(mapping).map(function -> read(mapping, table, function));
  }

  private StreamMapping read(Stack.Sound mapping, Stack.Sound table, Stack.Sound function) {
    Properties properties = mapping.properties();
    for (String action : STREAM_ACTIONS) {
      parts.need(mapping, function, action, properties.required(SOURCE), SOURCE);
    }
    int age = properties.number("MaximumRecordAgeInSeconds", FOREVER);
    int attempts = properties.number("MaximumRetryAttempts", FOREVER);
    return new StreamMapping(
        mapping.logicalId(),
        table.logicalId(),
        function.logicalId(),
        properties.required("StartingPosition"),
        properties.number("BatchSize", BATCH_SIZE_DEFAULT),
        properties.seconds("MaximumBatchingWindowInSeconds", Duration.ZERO),
        properties.number("ParallelizationFactor", 1),
        parts.patterns(mapping),
        parts.reportsFailures(mapping),
        properties.truth("BisectBatchOnFunctionError"),
        age == FOREVER ? null : Duration.ofSeconds(age),
        attempts == FOREVER ? null : attempts,
        onFailure(mapping, function));
  }

  private @Nullable String onFailure(Stack.Sound mapping, Stack.Sound function) {
    Optional<String> arn =
        mapping.properties().under(DESTINATION).under("OnFailure").text("Destination");
    if (arn.isEmpty()) {
      return null;
    }
    Optional<Stack.Sound> queue =
        stack.find(QueueReader.TYPE, each -> each.arn().equals(arn.get()));
    if (queue.isEmpty() && !stack.isUnsound(arn.get())) {
      String what = "Destination is " + arn.get() + ", no queue of this template";
      parts.tell(mapping, DESTINATION, what, "write !GetAtt Queue.Arn");
    }
    if (queue.filter(QueueReader::isFifo).isPresent()) {
      String what = "Destination is the FIFO queue " + queue.get().logicalId();
      parts.tell(mapping, DESTINATION, what, "name a standard queue: Lambda takes no other");
    }
    parts.need(mapping, function, "sqs:SendMessage", arn.get(), DESTINATION);
    return queue.map(Stack.Sound::logicalId).orElse(null);
  }
}
