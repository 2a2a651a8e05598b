package io.roomlog.tests.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/** Posts round and round to some connections, as many at once as there are workers. */
final class PostLoop implements AutoCloseable {

  private static final SdkBytes FRAME = SdkBytes.fromUtf8String("x".repeat(300));
  private static final Duration POST_MAX = Duration.ofSeconds(30);

  private final ApiGatewayManagementApiClient api;
  private final List<String> ids;
  private final int workers;
  private final AtomicLong next = new AtomicLong();
  private final LongAdder posts = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicLong lastPost = new AtomicLong();
  private final AtomicLong longestSilence = new AtomicLong();
  private final AtomicLong longestPost = new AtomicLong();
  private volatile boolean ended;

  PostLoop(URI endpoint, List<String> ids, int workers) {
    this.ids = List.copyOf(ids);
    this.workers = workers;
    this.api =
        ApiGatewayManagementApiClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
            .httpClientBuilder(AwsCrtHttpClient.builder().maxConcurrency(workers))
            .overrideConfiguration(
                o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(POST_MAX))
            .build();
  }

  /** Starts the workers, which end after {@link #stop}. */
  void start(ExecutorService threads) {
    lastPost.set(System.nanoTime());
    for (int i = 0; i < workers; i++) {
      threads.execute(this::work);
    }
  }

  private void work() {
    while (!ended) {
      String id = ids.get((int) (next.getAndIncrement() % ids.size()));
      long begin = System.nanoTime();
      try {
        api.postToConnection(post -> post.connectionId(id).data(FRAME));
        posts.increment();
        posted(begin, System.nanoTime());
      } catch (SdkException e) {
        failed.increment();
      }
    }
  }

  private void posted(long begin, long now) {
    longestPost.accumulateAndGet(now - begin, Math::max);
    longestSilence.accumulateAndGet(now - lastPost.getAndSet(now), Math::max);
  }

  void stop() {
    longestSilence.accumulateAndGet(System.nanoTime() - lastPost.get(), Math::max);
    ended = true;
  }

  long posts() {
    return posts.sum();
  }

  long failed() {
    return failed.sum();
  }

  Duration longestSilence() {
    return Duration.ofNanos(longestSilence.get());
  }

  long longestPostMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longestPost.get());
  }

  /**
   * Closes the client; the workers must have been stopped, and what they are in the midst of fails.
   */
  @Override
  public void close() {
    ended = true;
    api.close();
  }
}
