package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.gateway.Gateways.RunningGateway;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class GatewayServerTest {

  @Test
  void aClientConnectsSendsAndIsPostedTo() throws Exception {
    try (var gateway = gateway().route("$connect").route("$disconnect").route("send").start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      connected.client().send("{\"action\":\"send\",\"data\":1}");

      assertThat(gateway.functions().take("send").path("body").asText())
          .isEqualTo("{\"action\":\"send\",\"data\":1}");

      sdk.postToConnection(
          b -> b.connectionId(connected.id()).data(SdkBytes.fromUtf8String("hello")));
      assertThat(connected.client().take()).isEqualTo("hello");

      connected.client().close(1000, "bye");
      assertThat(
              gateway
                  .functions()
                  .take("$disconnect")
                  .at("/requestContext/disconnectStatusCode")
                  .asInt())
          .isEqualTo(1000);
      assertThatThrownBy(
              () ->
                  sdk.postToConnection(
                      b -> b.connectionId(connected.id()).data(SdkBytes.fromUtf8String("x"))))
          .isInstanceOf(GoneException.class);
    }
  }

  @Test
  void stopClosesEveryConnectionWith1001AndWaitsForDisconnect() throws Exception {
    var gateway = gateway().route("$connect").route("$disconnect").start();
    try (var connected = gateway.connected()) {
      gateway.server().stop();

      assertThat(connected.client().awaitClosed().code()).isEqualTo(1001);
      assertThat(gateway.functions().untaken("$disconnect")).isEqualTo(1);
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (var first = gateway().start()) {
      int port = first.server().port();
      assertThatThrownBy(
              () ->
                  gateway()
                      .configured(c -> GatewayConfiguration.onPort(port, c.clock(), c.random()))
                      .start())
          .isInstanceOfSatisfying(
              PortTakenException.class, e -> assertThat(e.port()).isEqualTo(port));
    }
  }

  @Test
  void aClientThatTriesOnlyOneAddressOfLocalhostConnects() throws Exception {
    try (var gateway = gateway().route("$connect").start()) {
      int port = gateway.server().port();
      TestClient.connect(URI.create("ws://127.0.0.1:" + port + "/Prod")).close();
      assertThat(sourceIp(gateway)).isEqualTo("127.0.0.1");
      if (NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null) {
        TestClient.connect(URI.create("ws://[::1]:" + port + "/Prod")).close();
        assertThat(InetAddress.ofLiteral(sourceIp(gateway)).isLoopbackAddress()).isTrue();
      }
    }
  }

  private static String sourceIp(RunningGateway gateway) throws InterruptedException {
    return gateway.functions().take("$connect").at("/requestContext/identity/sourceIp").asText();
  }
}
