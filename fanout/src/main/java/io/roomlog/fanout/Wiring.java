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
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;

/**
 * Builds the fan-out from its variables.
 *
 * @param delivery to the rooms
 * @param pruner of what is gone
 * @param clock the machine's
 * @param threads what runs at once
 */
record Wiring(
    RoomDelivery delivery, Pruner pruner, InstantSource clock, Supplier<ExecutorService> threads) {

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
    var dynamo = DynamoDb.client(config.aws(), http(config.concurrency()));
    return of(
        new Ports(
            // Markers are the senders' business: the fan-out only reads entries.
            new DynamoLogStore(dynamo, config.rooms(), config.messages(), ""),
            new DynamoMembership(dynamo, config.rooms(), config.connections(), random),
            GatewayPosts.to(config.aws(), config.endpoint(), http(config.concurrency())),
            config.concurrency(),
            InstantSource.system(),
            random,
            Pause.real(),
            Parallel.VIRTUAL_THREADS));
  }

  static Wiring of(Ports ports) {
    InstantSource clock = ports.clock();
    Throttle throttle = new Throttle(ports.concurrency());
    Delivery delivery = new Delivery(ports.posts(), throttle, clock, ports.random(), ports.pause());
    RoomDelivery rooms =
        new RoomDelivery(
            ports.membership(), new Gaps(ports.log()), delivery, clock, ports.threads());
    Pruner pruner =
        new Pruner(ports.membership(), ports.posts(), throttle, rooms, clock, ports.threads());
    return new Wiring(rooms, pruner, clock, ports.threads());
  }

  /** The CRT client: several times the posts a second of the others on the same processor. */
  private static SdkHttpClient.Builder<?> http(int concurrency) {
    return AwsCrtHttpClient.builder().maxConcurrency(concurrency);
  }
}
