package io.roomlog.tests.bench;

import io.roomlog.core.RoomName;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/**
 * Question: which of the SDK's HTTP clients posts most frames a second from virtual threads?
 *
 * <p>Topology: one process; posts of 300 bytes over loopback HTTP (no TLS) to the local gateway,
 * which hands them to {@value #CONNECTIONS} connections in the same process, so the server's share
 * is in every figure and only the ratios say something. Workload: a closed loop of {@value
 * #CONCURRENCY} posts at once, one round of warm-up each, then {@value #ROUNDS} rounds in turn.
 *
 * <p>Run by {@code ./mvnw verify -pl tests -am -Ppost-clients}. Not to be compared with posts to
 * AWS.
 */
class PostClientsBench {

  private static final int CONNECTIONS = 64;
  private static final int CONCURRENCY = 128;
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofSeconds(4);
  private static final SdkBytes FRAME = SdkBytes.fromUtf8String("x".repeat(300));

  @Test
  void postsASecondByHttpClient() throws Exception {
    Map<String, SdkHttpClient.Builder<?>> https = new LinkedHashMap<>();
    https.put("CRT", AwsCrtHttpClient.builder().maxConcurrency(CONCURRENCY));
    https.put("Apache 4", ApacheHttpClient.builder().maxConnections(CONCURRENCY));
    https.put("URL connection", UrlConnectionHttpClient.builder());
    try (World world = World.start()) {
      List<Client> clients =
          IntStream.range(0, CONNECTIONS).mapToObj(_ -> world.connect("room=bench")).toList();
      List<String> ids =
          world.members(new RoomName("bench")).stream().map(m -> m.connectionId()).toList();
      Map<String, ApiGatewayManagementApiClient> apis = new LinkedHashMap<>();
      https.forEach((name, http) -> apis.put(name, api(world.run().connectionsEndpoint(), http)));
      Map<String, List<Long>> rates = new LinkedHashMap<>();
      for (int round = 0; round <= ROUNDS; round++) {
        for (var api : apis.entrySet()) {
          long rate = round(api.getValue(), ids);
          if (round > 0) {
            rates.computeIfAbsent(api.getKey(), _ -> new ArrayList<>()).add(rate);
          }
        }
      }
      print(rates);
      apis.values().forEach(ApiGatewayManagementApiClient::close);
      clients.forEach(Client::cut);
    }
  }

  private static ApiGatewayManagementApiClient api(URI endpoint, SdkHttpClient.Builder<?> http) {
    return ApiGatewayManagementApiClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
        .httpClientBuilder(http)
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  private static long round(ApiGatewayManagementApiClient api, List<String> ids) {
    LongAdder posts = new LongAdder();
    AtomicLong next = new AtomicLong();
    long end = System.nanoTime() + ROUND.toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CONCURRENCY; i++) {
        threads.execute(
            () -> {
              while (System.nanoTime() < end) {
                String id = ids.get((int) (next.getAndIncrement() % ids.size()));
                api.postToConnection(post -> post.connectionId(id).data(FRAME));
                posts.increment();
              }
            });
      }
    }
    return posts.sum() / ROUND.toSeconds();
  }

  private static void print(Map<String, List<Long>> rates) {
    System.out.println("| HTTP client | posts/s, rounds of " + ROUND.toSeconds() + " s | median |");
    System.out.println("|---|---|---|");
    rates.forEach(
        (name, each) ->
            System.out.printf(
                "| %s | %s | %d |%n",
                name,
                each.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                each.stream().sorted().toList().get(each.size() / 2)));
  }
}
