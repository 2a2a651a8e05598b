package io.roomlog.tests.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.FaultPlan;
import io.roomlog.local.gateway.GatewayConfiguration;
import io.roomlog.local.issuer.Issuer;
import io.roomlog.tests.world.Npm;
import io.roomlog.tests.world.World;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The JavaScript library against the local run: faults on both sides of the gateway, connections
 * that live for seconds, and tokens that end sooner still. {@code -Pclient} sends 20,000 messages.
 */
class ClientLibraryIT {

  private static final String MESSAGES = System.getProperty("roomlog.client.messages", "600");
  private static final String SEED = System.getProperty("roomlog.seed", "1");
  private static final Duration LIMIT = Duration.ofMinutes(20);

  /** What a connection has here instead of two hours. */
  private static final Duration LIFE = Duration.ofSeconds(5);

  /** So that some move before their time is over, and some are cut. */
  private static final Duration BELIEVED = LIFE.plusMillis(500);

  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final Duration SWEEP = Duration.ofMillis(200);

  private static final Map<String, Double> FAULTS =
      Map.of(
          "post-failed", 0.03,
          "post-delivered-yet-failed", 0.03,
          "post-throttled", 0.03,
          "connection-vanishes", 0.003,
          "disconnect-dropped", 0.3,
          "stream-repeat", 0.1,
          "stream-reorder", 0.1,
          "table-throttled", 0.02,
          "table-written-yet-failed", 0.02,
          "table-conflict", 0.02);

  @Test
  @EnabledIf(
      value = "io.roomlog.tests.world.World#inThisProcess",
      disabledReason = "it takes half a minute, and a client cannot tell where functions run")
  void everyMessageIsStoredOnceAndReadOnceInOrderWhateverFails() throws Exception {
    Npm client = Npm.installed(ClientLibraryTest.CLIENT);
    FaultPlan plan = new FaultPlan(FAULTS, Long.parseLong(SEED));
    try (Issuer issuer = Issuer.start(0, InstantSource.system());
        World world =
            World.start(
                options ->
                    options
                        .with(tokensOf(issuer))
                        .struckBy(plan)
                        .gateway(ClientLibraryIT::shortLives))) {
      String written =
          client.run(
              LIMIT,
              "node",
              "test/local/drive.js",
              world.address("").toString(),
              MESSAGES,
              SEED,
              Long.toString(BELIEVED.toMillis()),
              issuer.name().toString());
      assertThat(written).contains("\"violations\":[]");
      assertThat(world.run().faultsStruck()).isNotEmpty();
      System.out.printf("%s%n%s%n", written, world.run().faultsStruck());
    }
  }

  private static Map<String, String> tokensOf(Issuer issuer) {
    return Map.of("TokenIssuer", issuer.name().toString(), "TokenAudience", Issuer.AUDIENCE);
  }

  private static GatewayConfiguration shortLives(GatewayConfiguration configuration) {
    return configuration.withConnectionTimeouts(IDLE, LIFE, SWEEP);
  }
}
