package io.roomlog.bench.start;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.roomlog.core.config.AwsSettings;
import io.roomlog.core.config.Settings;
import io.roomlog.core.dynamo.DynamoLogStore;
import io.roomlog.core.dynamo.DynamoMembership;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.fanout.FanOut;
import io.roomlog.fanout.Machine;
import io.roomlog.fanout.posts.Frame;
import io.roomlog.fanout.posts.Posts;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The fan-out as it would be had nobody thought about its start: the same code, and the SDK's
 * clients with the HTTP client that the SDK takes by itself. It makes no client of the queue, which
 * the fan-out makes and does not use in a start: that is in its favour.
 */
public final class SdkDefaultFanOut implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(2);
  private static final int CONCURRENCY = 128;

  private final FanOut fanOut;

  /** For Lambda. */
  public SdkDefaultFanOut() {
    this(Wiring.environment());
  }

  /** With the fan-out's variables. */
  public SdkDefaultFanOut(Map<String, String> environment) {
    AwsSettings aws = Settings.read(environment, AwsSettings::of);
    RandomGenerator random = new SecureRandom();
    DynamoDbClient dynamo =
        aws.apply(DynamoDbClient.builder(), ATTEMPT_MAX, ATTEMPT_MAX)
            .endpointOverride(Objects.requireNonNull(aws.dynamoEndpoint()))
            .build();
    URI connections = Objects.requireNonNull(aws.connectionsEndpoint());
    String rooms = Objects.requireNonNull(environment.get("ROOMS_TABLE"));
    this.fanOut =
        new FanOut(
            new DynamoMembership(
                dynamo,
                rooms,
                Objects.requireNonNull(environment.get("CONNECTIONS_TABLE")),
                random),
            new DynamoLogStore(
                dynamo, rooms, Objects.requireNonNull(environment.get("MESSAGES_TABLE")), ""),
            new DefaultPosts(
                aws.apply(ApiGatewayManagementApiClient.builder(), ATTEMPT_MAX, ATTEMPT_MAX)
                    .endpointOverride(connections)
                    .build()),
            CONCURRENCY,
            Machine.real(random, Metrics.none()));
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return fanOut.handleRequest(event, context);
  }

  private record DefaultPosts(ApiGatewayManagementApiClient api) implements Posts {

    @Override
    public Posted post(String connectionId, Frame frame) {
      SdkBytes data = SdkBytes.fromByteBuffer(frame.bytes());
      try {
        api.postToConnection(request -> request.connectionId(connectionId).data(data));
        return new Posted.Delivered();
      } catch (RuntimeException e) {
        return new Posted.NoAnswer(e.toString());
      }
    }

    @Override
    public Existence find(String connectionId) {
      return Existence.UNKNOWN;
    }
  }
}
