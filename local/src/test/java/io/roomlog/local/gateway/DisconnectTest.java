package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.local.functions.Functions.Outcome;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DisconnectTest {

  @Test
  void aClientsCodeAndReasonAreTold() throws Exception {
    try (var gateway = gateway().route("$disconnect").start();
        var client = gateway.connect()) {
      client.close(3001, "bye");

      assertDisconnected(gateway.functions().take("$disconnect"), 3001, "bye");
    }
  }

  @Test
  void aBrowserThatLeavesIs1001WithoutAReason() throws Exception {
    try (var gateway = gateway().route("$disconnect").start();
        var client = RawClient.connect(gateway.server().address())) {
      client.send(RawClient.CLOSE, true, ByteBuffer.allocate(2).putShort((short) 1001).array());

      assertDisconnected(gateway.functions().take("$disconnect"), 1001, "");
      assertThat(client.read().closeCode()).isEqualTo(1001);
    }
  }

  @Test
  void aCloseFrameWithoutACodeIs1005() throws Exception {
    try (var gateway = gateway().route("$disconnect").start();
        var client = RawClient.connect(gateway.server().address())) {
      client.send(RawClient.CLOSE, true, new byte[0]);

      assertDisconnected(
          gateway.functions().take("$disconnect"), 1005, "Client-side close frame status not set");
    }
  }

  @Test
  void aLostSocketDisconnectsToo() throws Exception {
    try (var gateway = gateway().route("$connect").route("$disconnect").start();
        var ended = RawClient.connect(gateway.server().address());
        var reset = RawClient.connect(gateway.server().address())) {
      ended.end();
      gateway.functions().take("$disconnect");
      reset.reset();
      gateway.functions().take("$disconnect");

      Await.until("nobody is connected", () -> gateway.server().connections() == 0);
    }
  }

  @Test
  void aConnectionDisconnectsOnce() throws Exception {
    try (var gateway = gateway().route("$connect").route("$disconnect").start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      sdk.deleteConnection(b -> b.connectionId(connected.id()));
      connected.client().awaitClosed();
      gateway.functions().take("$disconnect");

      gateway.server().stop();
      assertThat(gateway.functions().untaken("$disconnect")).isZero();
    }
  }

  @Test
  void theResultOfDisconnectIsIgnored() throws Exception {
    try (var gateway = gateway().route("$disconnect").route("$default").start();
        var client = gateway.connect();
        var other = gateway.connect()) {
      gateway.functions().script("$disconnect", event -> new Outcome.Failed("E", "broken"));
      client.close(1000, "");
      gateway.functions().take("$disconnect");

      other.send("still served");
      gateway.functions().take("$default");
    }
  }

  @Test
  void withoutADisconnectRouteNothingRuns() throws Exception {
    try (var gateway = gateway().route("$default").start()) {
      gateway.connect().close(1000, "");

      Await.until("nobody is connected", () -> gateway.server().connections() == 0);
    }
  }

  private static void assertDisconnected(JsonNode event, int code, String reason) {
    assertThat(event.at("/requestContext/disconnectStatusCode").intValue()).isEqualTo(code);
    assertThat(event.at("/requestContext/disconnectReason").textValue()).isEqualTo(reason);
  }
}
