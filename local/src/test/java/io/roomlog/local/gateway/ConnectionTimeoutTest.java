package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.local.gateway.Gateways.RunningGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;

/** The clock is the test's; only the sweep is real, every millisecond. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ConnectionTimeoutTest {

  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final Duration LIFE = Duration.ofHours(2);
  private static final Duration ALMOST = IDLE.minusMillis(1);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));

  @Test
  void tenMinutesIdleIsGoingAway() throws Exception {
    try (var gateway = start();
        var connected = gateway.connected()) {
      clock.advance(IDLE);

      assertThat(connected.client().awaitClosed())
          .isEqualTo(new TestClient.Closed(1001, "Going away"));
      JsonNode event = gateway.functions().take("$disconnect");
      assertThat(event.at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(1001);
      assertThat(event.at("/requestContext/disconnectReason").asText()).isEqualTo("Going away");
    }
  }

  @Test
  void aFrameOfTheClientBeginsTheTenMinutesAnew() throws Exception {
    try (var gateway = start();
        var connected = gateway.connected();
        var silent = gateway.connected()) {
      clock.advance(ALMOST);
      connected.client().send("alive");
      gateway.functions().take("$default");
      clock.advance(ALMOST);
      // The silent one shows that a sweep has seen this time.
      assertDisconnected(gateway, silent.id());
      assertThat(gateway.server().connections()).isOne();

      clock.advance(Duration.ofMillis(1));
      connected.client().awaitClosed();
    }
  }

  @Test
  void aPostBeginsTheTenMinutesAnew() throws Exception {
    try (var gateway = start();
        var sdk = gateway.sdk();
        var connected = gateway.connected();
        var silent = gateway.connected()) {
      clock.advance(ALMOST);
      sdk.postToConnection(
          b -> b.connectionId(connected.id()).data(SdkBytes.fromUtf8String("keep alive")));
      clock.advance(ALMOST);
      assertDisconnected(gateway, silent.id());
      assertThat(gateway.server().connections()).isOne();

      clock.advance(Duration.ofMillis(1));
      connected.client().awaitClosed();
    }
  }

  @Test
  void askingAboutAConnectionDoesNotKeepItAlive() throws Exception {
    try (var gateway = start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      clock.advance(ALMOST);
      sdk.getConnection(b -> b.connectionId(connected.id()));
      clock.advance(Duration.ofMillis(1));

      connected.client().awaitClosed();
    }
  }

  @Test
  void twoHoursAreALifetimeHoweverBusy() throws Exception {
    try (var gateway = start();
        var connected = gateway.connected()) {
      Duration step = Duration.ofMinutes(8);
      for (Duration age = step; age.compareTo(LIFE) < 0; age = age.plus(step)) {
        clock.advance(step);
        connected.client().send("alive at " + age);
        gateway.functions().take("$default");
      }
      assertThat(gateway.server().connections()).isOne();

      clock.advance(step);
      connected.client().awaitClosed();
      gateway.functions().take("$disconnect");
    }
  }

  @Test
  void aClientThatDoesNotConfirmTheCloseIsCutOff() throws Exception {
    try (var gateway = start();
        var client = RawClient.connect(gateway.server().address())) {
      clock.advance(IDLE);
      assertThat(client.read().closeCode()).isEqualTo(1001);
      assertThat(gateway.functions().untaken("$disconnect")).isZero();

      clock.advance(Expiry.CLOSE_GRACE);

      assertThat(client.ended()).isTrue();
      JsonNode event = gateway.functions().take("$disconnect");
      assertThat(event.at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(1001);
    }
  }

  private static void assertDisconnected(RunningGateway gateway, String id)
      throws InterruptedException {
    assertThat(gateway.functions().take("$disconnect").at("/requestContext/connectionId").asText())
        .isEqualTo(id);
  }

  private RunningGateway start() throws PortTakenException {
    return gateway()
        .route("$connect")
        .route("$disconnect")
        .route("$default")
        .clock(clock)
        .configured(c -> c.withConnectionTimeouts(IDLE, LIFE, Duration.ofMillis(1)))
        .start();
  }
}
