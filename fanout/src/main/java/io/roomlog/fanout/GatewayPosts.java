package io.roomlog.fanout;

import io.roomlog.core.config.AwsSettings;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;

/** Posts through the {@code @connections} API of API Gateway. */
final class GatewayPosts implements Posts {

  /**
   * A peer that does not answer can make the call hang (aws-sdk-js-v3#6896). This is how long one
   * connection can occupy a worker: there is one attempt a call, so both have the same limit.
   */
  static final Duration ATTEMPT_MAX = Duration.ofSeconds(2);

  private final ApiGatewayManagementApiClient api;

  GatewayPosts(ApiGatewayManagementApiClient api) {
    this.api = api;
  }

  /**
   * Posts to an API.
   *
   * @param aws where and as whom
   * @param endpoint the API's own address with its stage, {@code https://…/Prod}
   * @param http what it sends with
   * @param attemptMax how long one call may take, which is one attempt
   */
  static GatewayPosts to(
      AwsSettings aws, URI endpoint, SdkHttpClient.Builder<?> http, Duration attemptMax) {
    URI address = aws.connectionsEndpoint() == null ? endpoint : aws.connectionsEndpoint();
    var builder = aws.apply(ApiGatewayManagementApiClient.builder(), attemptMax, attemptMax);
    return new GatewayPosts(
        builder
            .endpointOverride(address)
            .httpClientBuilder(aws.http(http))
            // Whether a post is tried again is a matter of whose fault it was, and the SDK cannot
            // know that; its own back-off would occupy a worker for seconds.
            .overrideConfiguration(
                builder.overrideConfiguration().toBuilder()
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .build())
            .build());
  }

  @Override
  public Posted post(String connectionId, ByteBuffer frame) {
    try {
      SdkBytes data = SdkBytes.fromByteBuffer(frame.duplicate());
      api.postToConnection(request -> request.connectionId(connectionId).data(data));
      return new Posted.Delivered();
    } catch (GoneException e) {
      return new Posted.Gone();
    } catch (LimitExceededException e) {
      return new Posted.TooFast();
    } catch (AwsServiceException e) {
      return new Posted.Failed(e.statusCode());
    } catch (RuntimeException e) {
      // Not only SdkException: one post must never fail the others, whatever its client throws.
      return new Posted.NoAnswer(e.getClass().getSimpleName());
    }
  }

  @Override
  public Existence find(String connectionId) {
    try {
      api.getConnection(request -> request.connectionId(connectionId));
      return Existence.PRESENT;
    } catch (GoneException e) {
      return Existence.ABSENT;
    } catch (RuntimeException e) {
      return Existence.UNKNOWN;
    }
  }
}
