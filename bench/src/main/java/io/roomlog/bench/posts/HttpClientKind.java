package io.roomlog.bench.posts;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.utils.AttributeMap;

/** An HTTP client of the SDK, set up as {@code GatewayPosts} sets up its own: no retries. */
enum HttpClientKind {
  /** The one that the fan-out posts with. */
  CRT("CRT"),
  /** The one that the SDK takes by itself for calls that wait. */
  APACHE("Apache"),
  /** The JDK's. */
  URL_CONNECTION("URL connection"),
  /** The one that the SDK takes by itself for calls that do not wait; waited for all the same. */
  NETTY("netty");

  /** The server shows a certificate of its own making. */
  private static final AttributeMap TRUSTING =
      AttributeMap.builder().put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true).build();

  private final String title;

  HttpClientKind(String title) {
    this.title = title;
  }

  /** As a table names it. */
  String title() {
    return title;
  }

  /** Posts one frame to one connection and waits for the answer. */
  @FunctionalInterface
  interface Poster {
    void post(String connectionId, SdkBytes frame);
  }

  /**
   * Makes it.
   *
   * @param concurrency posts at once
   */
  Poster poster(URI endpoint, int concurrency) {
    return switch (this) {
      case CRT ->
          waiting(
              endpoint,
              AwsCrtHttpClient.builder().maxConcurrency(concurrency).buildWithDefaults(TRUSTING));
      case APACHE ->
          waiting(
              endpoint,
              ApacheHttpClient.builder().maxConnections(concurrency).buildWithDefaults(TRUSTING));
      case URL_CONNECTION ->
          waiting(endpoint, UrlConnectionHttpClient.builder().buildWithDefaults(TRUSTING));
      case NETTY -> notWaiting(endpoint, concurrency);
    };
  }

  private static Poster waiting(URI endpoint, SdkHttpClient http) {
    ApiGatewayManagementApiClient api =
        configured(ApiGatewayManagementApiClient.builder(), endpoint).httpClient(http).build();
    return (id, frame) -> api.postToConnection(post -> post.connectionId(id).data(frame));
  }

  private static Poster notWaiting(URI endpoint, int concurrency) {
    ApiGatewayManagementApiAsyncClient api =
        configured(ApiGatewayManagementApiAsyncClient.builder(), endpoint)
            .httpClient(
                NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(concurrency)
                    .buildWithDefaults(TRUSTING))
            .build();
    return (id, frame) -> api.postToConnection(post -> post.connectionId(id).data(frame)).join();
  }

  private static <B extends AwsClientBuilder<B, ?>> B configured(B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }
}
