package io.roomlog.fanout;

import io.roomlog.core.Pause;
import io.roomlog.core.config.AwsSettings;
import io.roomlog.core.config.Settings;
import io.roomlog.core.dynamo.DynamoDb;
import io.roomlog.core.dynamo.DynamoLogStore;
import io.roomlog.core.dynamo.DynamoMembership;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
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

  private record Config(
      AwsSettings aws,
      String rooms,
      String messages,
      String connections,
      URI endpoint,
      int concurrency) {}

  /** The variables that Lambda starts the function with; read nowhere else. */
  static Map<String, String> environment() {
    return System.getenv();
  }

  static Wiring of(Map<String, String> environment) {
    Config config =
        Settings.read(
            environment,
            settings ->
                new Config(
                    AwsSettings.of(settings),
                    settings.required("ROOMS_TABLE"),
                    settings.required("MESSAGES_TABLE"),
                    settings.required("CONNECTIONS_TABLE"),
                    settings.required(
                        "CONNECTIONS_ENDPOINT", URI::create, "an address", AwsSettings.NOWHERE),
                    settings.number("POST_CONCURRENCY", CONCURRENCY, 1, CONCURRENCY_MAX)));
    RandomGenerator random = new SecureRandom();
    InstantSource clock = InstantSource.system();
    var dynamo = DynamoDb.client(config.aws(), http(config.concurrency()));
    var membership = new DynamoMembership(dynamo, config.rooms(), config.connections(), random);
    // Markers are the senders' business: the fan-out only reads entries.
    var log = new DynamoLogStore(dynamo, config.rooms(), config.messages(), "");
    Posts posts = GatewayPosts.to(config.aws(), config.endpoint(), http(config.concurrency()));
    Throttle throttle = new Throttle(config.concurrency());
    Delivery delivery = new Delivery(posts, throttle, clock, random, Pause.real());
    RoomDelivery rooms = new RoomDelivery(membership, new Gaps(log), delivery, clock);
    return new Wiring(rooms, new Pruner(membership, posts, throttle, rooms, clock), clock);
  }

  /** The CRT client: several times the posts a second of the others on the same processor. */
  private static SdkHttpClient.Builder<?> http(int concurrency) {
    return AwsCrtHttpClient.builder().maxConcurrency(concurrency);
  }
}
