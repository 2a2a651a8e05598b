package io.roomlog.fanout;

import io.roomlog.core.cloudwatch.EmbeddedMetrics;
import io.roomlog.core.config.AwsSettings;
import io.roomlog.core.config.Settings;
import io.roomlog.core.dynamo.DynamoDb;
import io.roomlog.core.dynamo.DynamoLogStore;
import io.roomlog.core.dynamo.DynamoMembership;
import io.roomlog.core.dynamo.DynamoPushCursor;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.core.push.PushCursor;
import io.roomlog.core.snapshot.FreshRandom;
import io.roomlog.fanout.crowd.RangeQueue;
import io.roomlog.fanout.crowd.RangeRetries;
import io.roomlog.fanout.crowd.SqsRangeQueue;
import io.roomlog.fanout.crowd.SqsRangeRetries;
import io.roomlog.fanout.posts.GatewayPosts;
import io.roomlog.fanout.posts.Posts;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Builds the fan-out's ports from its variables.
 *
 * @param membership who is in the rooms
 * @param audience who of them is pushed to from here
 * @param log what the rooms hold
 * @param cursor what of it has been pushed
 * @param posts to the connections
 * @param retries when ranges of the queue come again that failed
 * @param concurrency posts under way at once
 * @param bigRoomConnections rows of a room above which it is big
 * @param accountPerSecond calls that the account may make a second, as far as is known
 * @param random where the spreading of repetitions comes from
 * @param metrics takes what is measured
 */
record Wiring(
    Membership membership,
    Audience audience,
    LogStore log,
    PushCursor cursor,
    Posts posts,
    RangeRetries retries,
    int concurrency,
    int bigRoomConnections,
    int accountPerSecond,
    RandomGenerator random,
    Metrics metrics) {

  /** Posts under way at once of small rooms, unless told otherwise. */
  static final int CONCURRENCY = 256;

  private static final int CONCURRENCY_MAX = 1_000;

  /** Connections of a room that the stream's function pushes to itself, unless told otherwise. */
  private static final int BIG_ROOM_CONNECTIONS = 1_000;

  private static final int BIG_ROOM_CONNECTIONS_MAX = 10_000;

  private static final int ACCOUNT_PER_SECOND_MAX = 1_000_000;

  /** Calls to the queue at once: one a room of a batch, and few rooms of a batch are big. */
  private static final int QUEUE_CONCURRENCY = 16;

  private record Config(
      AwsSettings aws,
      String rooms,
      String messages,
      String connections,
      URI endpoint,
      int concurrency,
      int bigRoomConnections,
      int accountPerSecond) {

    static Config of(Settings settings, int concurrency) {
      return new Config(
          AwsSettings.of(settings),
          settings.required("ROOMS_TABLE"),
          settings.required("MESSAGES_TABLE"),
          settings.required("CONNECTIONS_TABLE"),
          settings.required("CONNECTIONS_ENDPOINT", URI::create, "an address", AwsSettings.NOWHERE),
          settings.number("POST_CONCURRENCY", concurrency, 1, CONCURRENCY_MAX),
          settings.number(
              "BIG_ROOM_CONNECTIONS", BIG_ROOM_CONNECTIONS, 1, BIG_ROOM_CONNECTIONS_MAX),
          settings.number(
              "ACCOUNT_POSTS_PER_SECOND",
              CrowdSettings.ACCOUNT_PER_SECOND,
              1,
              ACCOUNT_PER_SECOND_MAX));
    }
  }

  private record QueueConfig(String url, @Nullable URI endpoint) {

    static QueueConfig of(Settings settings) {
      return new QueueConfig(
          settings.required("CROWD_QUEUE_URL"),
          settings.optional(
              "AWS_ENDPOINT_URL_SQS", URI::create, "an address", AwsSettings.NOWHERE));
    }

    SqsClient client(AwsSettings aws) {
      return SqsRangeQueue.client(aws, endpoint, http(QUEUE_CONCURRENCY));
    }
  }

  private record Both(Config config, QueueConfig queue) {
    static Both of(Map<String, String> environment, int concurrency) {
      return Settings.read(
          environment,
          settings -> new Both(Config.of(settings, concurrency), QueueConfig.of(settings)));
    }
  }

  /** The variables that Lambda starts the function with; read nowhere else. */
  static Map<String, String> environment() {
    return System.getenv();
  }

  /** The function of the stream, which hands big rooms over. */
  static Wiring of(Map<String, String> environment) {
    Both both = Both.of(environment, CONCURRENCY);
    RangeQueue ranges =
        new SqsRangeQueue(both.queue().client(both.config().aws()), both.queue().url());
    return wired(
        both.config(),
        RangeRetries.none(),
        EmbeddedMetrics.of(environment),
        membership -> new HandOver(both.config().bigRoomConnections(), membership, ranges));
  }

  /** The function of the queue of big rooms. */
  static Wiring crowd(Map<String, String> environment) {
    Both both = Both.of(environment, CrowdSettings.CONCURRENCY);
    return wired(
        both.config(),
        new SqsRangeRetries(both.queue().client(both.config().aws()), both.queue().url()),
        EmbeddedMetrics.of(environment),
        Audience::everybody);
  }

  private static Wiring wired(
      Config config,
      RangeRetries retries,
      Metrics metrics,
      Function<Membership, Audience> audience) {
    RandomGenerator random = FreshRandom.ofThisProcess();
    var dynamo = DynamoDb.client(config.aws(), http(config.concurrency()));
    var membership = new DynamoMembership(dynamo, config.rooms(), config.connections(), random);
    // Markers are the senders' business: the fan-out only reads entries.
    var log = new DynamoLogStore(dynamo, config.rooms(), config.messages(), "");
    Posts posts = GatewayPosts.to(config.aws(), config.endpoint(), config.concurrency());
    return new Wiring(
        membership,
        audience.apply(membership),
        log,
        new DynamoPushCursor(dynamo, config.rooms()),
        posts,
        retries,
        config.concurrency(),
        config.bigRoomConnections(),
        config.accountPerSecond(),
        random,
        metrics);
  }

  /** What the function of the queue is told. */
  CrowdSettings crowd() {
    return new CrowdSettings(concurrency, bigRoomConnections, accountPerSecond);
  }

  /** The CRT client: several times the posts a second of the others on the same processor. */
  private static SdkHttpClient.Builder<?> http(int concurrency) {
    return AwsCrtHttpClient.builder().maxConcurrency(concurrency);
  }
}
