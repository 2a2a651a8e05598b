package io.roomlog.bench.posts;

import io.roomlog.core.config.AwsSettings;
import io.roomlog.fanout.CrowdSettings;
import io.roomlog.fanout.posts.Frame;
import io.roomlog.fanout.posts.GatewayPosts;
import io.roomlog.fanout.posts.Posts;
import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.crt.io.TlsContextOptions;
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

/** What posts: the fan-out's own way, or a client of the SDK, set up without retries. */
enum Sender {
  /** The one that the fan-out posts with. */
  ROOMLOG("Roomlog"),
  /** The same in the function that pushes to big rooms, with all that it does around a post. */
  CROWD("Roomlog's crowd function, all but its tables"),
  /** The SDK on the Common Runtime's HTTP client. */
  CRT("SDK with CRT"),
  /** The one that the SDK takes by itself for calls that wait. */
  APACHE("SDK with Apache"),
  /** The JDK's. */
  URL_CONNECTION("SDK with URL connection"),
  /** The one that the SDK takes by itself for calls that do not wait; waited for all the same. */
  NETTY("SDK with netty");

  /** The server shows a certificate of its own making. */
  private static final AttributeMap TRUSTING =
      AttributeMap.builder().put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true).build();

  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench"));

  private final String title;

  Sender(String title) {
    this.title = title;
  }

  /** As a table names it. */
  String title() {
    return title;
  }

  /**
   * Something that posts with it.
   *
   * @param bytes a post
   * @param concurrency posts at once; the crowd function makes as many as it is deployed with
   */
  Load load(URI endpoint, int bytes, int concurrency) {
    return this == CROWD
        ? new CrowdLoop(roomlog(endpoint, CrowdSettings.CONCURRENCY), bytes)
        : new PostLoop(poster(endpoint, "x".repeat(bytes), concurrency), concurrency);
  }

  private Consumer<String> poster(URI endpoint, String text, int concurrency) {
    return switch (this) {
      case ROOMLOG, CROWD -> own(endpoint, text, concurrency);
      case CRT ->
          waiting(
              endpoint,
              text,
              AwsCrtHttpClient.builder().maxConcurrency(concurrency).buildWithDefaults(TRUSTING));
      case APACHE ->
          waiting(
              endpoint,
              text,
              ApacheHttpClient.builder().maxConnections(concurrency).buildWithDefaults(TRUSTING));
      case URL_CONNECTION ->
          waiting(endpoint, text, UrlConnectionHttpClient.builder().buildWithDefaults(TRUSTING));
      case NETTY -> notWaiting(endpoint, text, concurrency);
    };
  }

  private static Posts roomlog(URI endpoint, int concurrency) {
    try (TlsContextOptions tls = TlsContextOptions.createDefaultClient().withVerifyPeer(false)) {
      AwsSettings aws = new AwsSettings(Region.US_EAST_1, CREDENTIALS, null, null);
      return GatewayPosts.to(aws, endpoint, concurrency, tls);
    }
  }

  private static Consumer<String> own(URI endpoint, String text, int concurrency) {
    Posts posts = roomlog(endpoint, concurrency);
    Frame frame = Frame.of(text);
    return id -> {
      Posts.Posted posted = posts.post(id, frame);
      if (!(posted instanceof Posts.Posted.Delivered)) {
        throw new IllegalStateException(posted.toString());
      }
    };
  }

  private static Consumer<String> waiting(URI endpoint, String text, SdkHttpClient http) {
    SdkBytes frame = SdkBytes.fromUtf8String(text);
    ApiGatewayManagementApiClient api =
        configured(ApiGatewayManagementApiClient.builder(), endpoint).httpClient(http).build();
    return id -> api.postToConnection(post -> post.connectionId(id).data(frame));
  }

  private static Consumer<String> notWaiting(URI endpoint, String text, int concurrency) {
    SdkBytes frame = SdkBytes.fromUtf8String(text);
    ApiGatewayManagementApiAsyncClient api =
        configured(ApiGatewayManagementApiAsyncClient.builder(), endpoint)
            .httpClient(
                NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(concurrency)
                    .buildWithDefaults(TRUSTING))
            .build();
    return id -> api.postToConnection(post -> post.connectionId(id).data(frame)).join();
  }

  private static <B extends AwsClientBuilder<B, ?>> B configured(B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }
}
