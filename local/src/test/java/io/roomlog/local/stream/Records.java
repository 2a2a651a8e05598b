package io.roomlog.local.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Records of a stream, made as the SDK brings them. */
final class Records {
  static final String STREAM =
      "arn:aws:dynamodb:eu-central-1:000000000000:table/messages/stream/2026-01-01T00:00:00.000";
  static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private Records() {}

  /** A sequence number of the length that AWS gives. */
  static SequenceNumber number(long value) {
    return new SequenceNumber("%021d".formatted(value));
  }

  static StreamRecord record(long number, String item) {
    return record(number, item, "", CREATED);
  }

  static StreamRecord record(long number, String item, String data, Instant createdAt) {
    return RecordJson.render(inserted(number, item, data, createdAt), STREAM);
  }

  private static Record inserted(long number, String item, String data, Instant createdAt) {
    var key = Map.of("item", AttributeValue.fromS(item));
    return Record.builder()
        .eventID("event-" + number)
        .eventName(OperationType.INSERT)
        .eventVersion("1.1")
        .eventSource("aws:dynamodb")
        .awsRegion("eu-central-1")
        .dynamodb(
            change ->
                change
                    .approximateCreationDateTime(createdAt)
                    .keys(key)
                    .newImage(
                        Map.of(
                            "item", AttributeValue.fromS(item),
                            "data", AttributeValue.fromS(data)))
                    .sequenceNumber(number(number).digits())
                    .sizeBytes((long) (item.length() + data.length()))
                    .streamViewType(StreamViewType.NEW_IMAGE))
        .build();
  }

  /**
   * Records {@code first} to {@code last}, each of an item of its own, seen when they were made.
   */
  static List<Arrival> arrivals(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Records::arrival).toList();
  }

  static Arrival arrival(long number) {
    return arrival(number, CREATED);
  }

  static Arrival arrival(long number, Instant seen) {
    var record = record(number, "item-" + number, "", seen);
    return Arrival.of(record, seen, Duration.ZERO);
  }

  static Batch batch(int first, int last) {
    return Batch.fresh(arrivals(first, last));
  }

  /** The numbers of a batch, as short as they were before {@link #number}. */
  static List<Long> numbers(@Nullable Batch batch) {
    return Objects.requireNonNull(batch).sequenceNumbers().stream()
        .map(number -> Long.parseLong(number.digits()))
        .toList();
  }
}
