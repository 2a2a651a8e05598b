package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.deployment.Api;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

class StageThrottleTest {

  private final ManualClock clock = new ManualClock(Instant.EPOCH);

  @Test
  void handshakesAndFramesShareTheStagesRate() throws Exception {
    try (var gateway =
            gateway()
                .route("$connect")
                .route("$default")
                .clock(clock)
                .throttled(new Api.Throttling(2, 2))
                .start();
        var connected = gateway.connected()) {
      connected.client().send("second");
      gateway.functions().take("$default");

      assertThat(TestClient.refusal(gateway.server().address())).isEqualTo(429);
      connected.client().send("third");
      assertThat(connected.client().take()).startsWith("{\"message\": \"Too Many Requests\"");
      assertThat(gateway.functions().untaken("$default")).isZero();

      clock.advance(Duration.ofMillis(500));
      connected.client().send("half a second later");
      assertThat(gateway.functions().take("$default").path("body").asText())
          .isEqualTo("half a second later");
    }
  }

  @Test
  void callsOfBackEndsAreNotHeldToIt() throws Exception {
    try (var gateway =
            gateway().route("$connect").clock(clock).throttled(new Api.Throttling(1, 1)).start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      for (String text : new String[] {"one", "two", "three"}) {
        sdk.postToConnection(
            post -> post.connectionId(connected.id()).data(SdkBytes.fromUtf8String(text)));
        assertThat(connected.client().take()).isEqualTo(text);
      }
    }
  }
}
