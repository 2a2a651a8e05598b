package io.roomlog.local.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Streams of DynamoDB, read through the SDK's client: of DynamoDB Local, or of AWS. */
public final class DynamoDbStreamSource implements StreamSource {
  /** Pages of a stream's shards; DescribeStream returns up to 100 shards a page. */
  private static final int SHARD_PAGES_MAX = 100;

  private final DynamoDbStreamsClient client;
  private final Duration timestampPrecision;

  /**
   * Reads through a client, which the caller closes.
   *
   * @param timestampPrecision how far creation times may lie before the truth: a minute with
   *     DynamoDB Local, which cuts them, a second on AWS
   */
  public DynamoDbStreamSource(DynamoDbStreamsClient client, Duration timestampPrecision) {
    this.client = client;
    this.timestampPrecision = timestampPrecision;
  }

  @Override
  public Duration timestampPrecision() {
    return timestampPrecision;
  }

  @Override
  public List<Shard> shards(String streamArn) throws InterruptedException {
    var shards = new ArrayList<Shard>();
    @Nullable String last = null;
    for (int page = 0; page < SHARD_PAGES_MAX; page++) {
      var stream = describe(streamArn, last);
      stream.shards().forEach(shard -> shards.add(shard(shard)));
      last = stream.lastEvaluatedShardId();
      if (last == null) {
        return shards;
      }
    }
    throw new IllegalStateException(
        streamArn + " lists more than " + SHARD_PAGES_MAX + " pages of shards");
  }

  @Override
  public Opened open(String streamArn, String shardId, Position position)
      throws InterruptedException {
    var request = request(streamArn, shardId, position);
    try {
      var answer = call("GetShardIterator", () -> client.getShardIterator(request));
      return new Opened.Iterator(answer.shardIterator());
    } catch (TrimmedDataAccessException e) {
      return new Trimmed();
    } catch (ResourceNotFoundException e) {
      return new ShardGone();
    }
  }

  @Override
  public Read read(String streamArn, String iterator, int limit) throws InterruptedException {
    var request = GetRecordsRequest.builder().shardIterator(iterator).limit(limit).build();
    try {
      var answer = call("GetRecords", () -> client.getRecords(request));
      return new Read.Page(
          answer.records().stream().map(record -> RecordJson.render(record, streamArn)).toList(),
          answer.nextShardIterator());
    } catch (ExpiredIteratorException e) {
      return new Read.IteratorExpired();
    } catch (TrimmedDataAccessException e) {
      return new Trimmed();
    } catch (ResourceNotFoundException e) {
      return new ShardGone();
    }
  }

  private StreamDescription describe(String streamArn, @Nullable String after)
      throws InterruptedException {
    var request =
        DescribeStreamRequest.builder().streamArn(streamArn).exclusiveStartShardId(after).build();
    try {
      return call("DescribeStream", () -> client.describeStream(request)).streamDescription();
    } catch (ResourceNotFoundException e) {
      throw new StreamUnavailableException("DescribeStream", e);
    }
  }

  private static Shard shard(software.amazon.awssdk.services.dynamodb.model.Shard shard) {
    return new Shard(
        shard.shardId(),
        shard.parentShardId(),
        shard.sequenceNumberRange().endingSequenceNumber() == null);
  }

  private static GetShardIteratorRequest request(
      String streamArn, String shardId, Position position) {
    var request = GetShardIteratorRequest.builder().streamArn(streamArn).shardId(shardId);
    return switch (position) {
      case Position.TrimHorizon() ->
          request.shardIteratorType(ShardIteratorType.TRIM_HORIZON).build();
      case Position.Latest() -> request.shardIteratorType(ShardIteratorType.LATEST).build();
      case Position.At(var first) ->
          request
              .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
              .sequenceNumber(first.digits())
              .build();
      case Position.After(var last) ->
          request
              .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
              .sequenceNumber(last.digits())
              .build();
    };
  }

  /** Lets those failures through that {@link StreamSource} gives a meaning. */
  private static <T> T call(String name, Supplier<T> call) throws InterruptedException {
    try {
      return call.get();
    } catch (ExpiredIteratorException
        | TrimmedDataAccessException
        | ResourceNotFoundException meaningful) {
      throw meaningful;
    } catch (SdkException e) {
      // The SDK turns an interrupt into an exception of its own and leaves the flag set.
      if (Thread.interrupted()) {
        throw new InterruptedException(name + " was interrupted");
      }
      throw new StreamUnavailableException(name, e);
    }
  }
}
