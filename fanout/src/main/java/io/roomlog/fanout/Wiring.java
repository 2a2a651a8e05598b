package io.roomlog.fanout;

import io.roomlog.core.Pause;
import io.roomlog.core.config.AwsSettings;
import io.roomlog.core.config.Settings;
import io.roomlog.core.dynamo.DynamoDb;
import io.roomlog.core.dynamo.DynamoLogStore;
import io.roomlog.core.dynamo.DynamoMembership;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.membership.Membership;
import io.roomlog.fanout.crowd.RangeQueue;
import io.roomlog.fanout.crowd.SqsRangeQueue;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;

/**
 * Builds the fan-out from its variables.
 *
 * @param delivery to the rooms
 * @param pruner of what is gone
 * @param clock the machine's
 */
record Wiring(RoomDelivery delivery, Pruner pruner, InstantSource clock) {

  /** Posts under way at once, unless told otherwise. */
  private static final int CONCURRENCY = 128;

  private static final int CONCURRENCY_MAX = 1_000;

  /** Connections of a room that the stream's function pushes to itself, unless told otherwise. */
  private static final int BIG_ROOM_CONNECTIONS = 1_000;

  private static final int BIG_ROOM_CONNECTIONS_MAX = 10_000;

  /** Calls to the queue at once: one a room of a batch, and few rooms of a batch are big. */
  private static final int QUEUE_CONCURRENCY = 16;

  private record Config(
      AwsSettings aws,
      String rooms,
      String messages,
      String connections,
      URI endpoint,
      int concurrency) {

    static Config of(Settings settings) {
      return new Config(
          AwsSettings.of(settings),
          settings.required("ROOMS_TABLE"),
          settings.required("MESSAGES_TABLE"),
          settings.required("CONNECTIONS_TABLE"),
          settings.required("CONNECTIONS_ENDPOINT", URI::create, "an address", AwsSettings.NOWHERE),
          settings.number("POST_CONCURRENCY", CONCURRENCY, 1, CONCURRENCY_MAX));
    }
  }

  private record QueueConfig(String url, @Nullable URI endpoint, int bigRoomConnections) {

    static QueueConfig of(Settings settings) {
      return new QueueConfig(
          settings.required("CROWD_QUEUE_URL"),
          settings.optional("AWS_ENDPOINT_URL_SQS", URI::create, "an address", AwsSettings.NOWHERE),
          settings.number(
              "BIG_ROOM_CONNECTIONS", BIG_ROOM_CONNECTIONS, 1, BIG_ROOM_CONNECTIONS_MAX));
    }
  }

  /** The variables that Lambda starts the function with; read nowhere else. */
  static Map<String, String> environment() {
    return System.getenv();
  }

  /** The function of the stream. */
  static Wiring of(Map<String, String> environment) {
    record Both(Config config, QueueConfig queue) {}
    Both both =
        Settings.read(
            environment, settings -> new Both(Config.of(settings), QueueConfig.of(settings)));
    QueueConfig queue = both.queue();
    RangeQueue ranges =
        new SqsRangeQueue(
            SqsRangeQueue.client(both.config().aws(), queue.endpoint(), http(QUEUE_CONCURRENCY)),
            queue.url());
    Parts parts =
        Parts.of(
            both.config(),
            membership -> new HandOver(queue.bigRoomConnections(), membership, ranges));
    return new Wiring(parts.rooms(), parts.pruner(), parts.clock());
  }

  /** The function of the queue of big rooms. */
  static Crowd.Parts crowd(Map<String, String> environment) {
    Parts parts =
        Parts.of(
            Settings.read(environment, Config::of),
            membership -> (batch, now) -> Optional.of(membership.members(batch.room(), now)));
    Waiting waiting = new Waiting(parts.random(), Pause.real());
    CrowdPush push =
        new CrowdPush(parts.membership(), parts.log(), parts.rooms(), parts.clock(), waiting);
    return new Crowd.Parts(push, parts.pruner(), parts.clock());
  }

  /** What both functions are made of. */
  private record Parts(
      Membership membership,
      LogStore log,
      RoomDelivery rooms,
      Pruner pruner,
      InstantSource clock,
      RandomGenerator random) {

    static Parts of(Config config, Function<Membership, Audience> audience) {
      RandomGenerator random = new SecureRandom();
      InstantSource clock = InstantSource.system();
      var dynamo = DynamoDb.client(config.aws(), http(config.concurrency()));
      var membership = new DynamoMembership(dynamo, config.rooms(), config.connections(), random);
      // Markers are the senders' business: the fan-out only reads entries.
      var log = new DynamoLogStore(dynamo, config.rooms(), config.messages(), "");
      Posts posts = GatewayPosts.to(config.aws(), config.endpoint(), http(config.concurrency()));
      Throttle throttle = new Throttle(config.concurrency());
      Delivery delivery = new Delivery(posts, throttle, clock, random, Pause.real());
      RoomDelivery rooms =
          new RoomDelivery(audience.apply(membership), new Gaps(log), delivery, clock);
      Pruner pruner = new Pruner(membership, posts, throttle, rooms, clock);
      return new Parts(membership, log, rooms, pruner, clock, random);
    }
  }

  /** The CRT client: several times the posts a second of the others on the same processor. */
  private static SdkHttpClient.Builder<?> http(int concurrency) {
    return AwsCrtHttpClient.builder().maxConcurrency(concurrency);
  }
}
