package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.functions.Functions.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkServiceException;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HandshakeTest {

  @Test
  void theUpgradeStaysPendingUntilConnectHasAnswered() throws Exception {
    Queue<String> order = new ConcurrentLinkedQueue<>();
    CountDownLatch release = new CountDownLatch(1);
    try (var gateway = gateway().route("$connect").route("send").start();
        var client = RawClient.open(gateway.server().port())) {
      gateway
          .functions()
          .script(
              "$connect",
              event -> {
                release.await();
                order.add("connected");
                return ScriptedFunctions.OK;
              });
      gateway
          .functions()
          .script(
              "send",
              event -> {
                order.add("sent");
                return ScriptedFunctions.OK;
              });
      client.requestUpgrade("/Prod");
      // Sent before the answer is read: the gateway has it while $connect still runs.
      client.sendText("{\"action\":\"send\"}");
      gateway.functions().take("$connect");
      assertThat(gateway.server().connections()).isZero();
      assertThat(client.hasInput()).isFalse();

      release.countDown();

      assertThat(client.readHead()).startsWith("HTTP/1.1 101");
      Await.until("both have run", () -> order.size() == 2);
      assertThat(order).containsExactly("connected", "sent");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299})
  void aConnectStatusOf2xxLetsTheClientIn(int status) throws Exception {
    try (var gateway = gateway().route("$connect").start()) {
      gateway.functions().answer("$connect", "{\"statusCode\":" + status + "}");

      gateway.connect().close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 400, 401, 403, 404, 410, 429, 500, 501, 503})
  void anyOtherConnectStatusIsTheClientsStatus(int status) throws Exception {
    try (var gateway = gateway().route("$connect").route("$disconnect").start()) {
      gateway.functions().answer("$connect", "{\"statusCode\":" + status + "}");

      assertThat(TestClient.refusal(gateway.server().address())).isEqualTo(status);
      assertThat(gateway.functions().untaken("$disconnect")).isZero();
    }
  }

  @Test
  void aConnectThatThrowsIs502() throws Exception {
    try (var gateway = gateway().route("$connect").start()) {
      gateway.functions().script("$connect", event -> new Outcome.Failed("E", "broken"));

      assertThat(TestClient.refusal(gateway.server().address())).isEqualTo(502);
    }
  }

  @Test
  void theBodyThatConnectReturnsIsNotSent() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var sdk = gateway.sdk()) {
      gateway.functions().answer("$connect", "{\"statusCode\":200,\"body\":\"welcome\"}");
      try (var connected = gateway.connected()) {
        sdk.postToConnection(
            b -> b.connectionId(connected.id()).data(SdkBytes.fromUtf8String("first")));

        assertThat(connected.client().take()).isEqualTo("first");
      }
    }
  }

  @Test
  void withoutAConnectRouteTheHandshakeIsAccepted() throws Exception {
    try (var gateway = gateway().route("send").start();
        var client = gateway.connect()) {
      client.send("{\"action\":\"send\"}");

      gateway.functions().take("send");
    }
  }

  @Test
  void aPlainGetIs426() throws Exception {
    try (var gateway = gateway().route("$connect").start()) {
      assertThat(get(gateway.server().connectionsEndpoint()).statusCode()).isEqualTo(426);
      assertThat(gateway.functions().untaken("$connect")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/prod", "/Prod/extra", "/Production", "/Other/@connections/abc="})
  void anotherStageOrPathIsForbidden(String path) throws Exception {
    try (var gateway = gateway().route("$connect").start()) {
      URI root = URI.create("http://localhost:" + gateway.server().port() + path);

      HttpResponse<String> response = get(root);

      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).isEqualTo("{\"message\":\"Forbidden\"}");
      assertThat(TestClient.refusal(URI.create(root.toString().replace("http:", "ws:"))))
          .isEqualTo(403);
      assertThat(gateway.functions().untaken("$connect")).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"Sec-WebSocket-Protocol", "sec-websocket-protocol"})
  void theSubprotocolThatConnectNamesIsEchoed(String header) throws Exception {
    try (var gateway = gateway().route("$connect").start()) {
      gateway
          .functions()
          .answer("$connect", "{\"statusCode\":200,\"headers\":{\"" + header + "\":\"b.v1\"}}");
      try (var client = gateway.connect("a.v1", "b.v1")) {
        assertThat(client.socket().getSubprotocol()).isEqualTo("b.v1");
      }
    }
  }

  @Test
  void noSubprotocolIsEchoedUnlessConnectNamesIt() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var client = gateway.connect("a.v1")) {
      assertThat(client.socket().getSubprotocol()).isEmpty();
      assertThat(
              gateway.functions().take("$connect").at("/headers/Sec-WebSocket-Protocol").asText())
          .isEqualTo("a.v1");
    }
  }

  @Test
  void postingFromInsideConnectIsGone() throws Exception {
    var seen = new LinkedBlockingQueue<Integer>();
    try (var gateway = gateway().route("$connect").start();
        var sdk = gateway.sdk()) {
      gateway
          .functions()
          .script(
              "$connect",
              event -> {
                String id = event.at("/requestContext/connectionId").asText();
                try {
                  sdk.postToConnection(
                      b -> b.connectionId(id).data(SdkBytes.fromUtf8String("too early")));
                } catch (SdkServiceException e) {
                  seen.add(e.statusCode());
                }
                return ScriptedFunctions.OK;
              });
      gateway.connect().close();

      assertThat(seen).containsExactly(410);
    }
  }

  @Test
  void aUrlOf4096CharactersIsTakenAndOneMoreIsNot() throws Exception {
    try (var gateway = gateway().route("$connect").start()) {
      // What is counted is what the request names: the path and the query.
      String longest = "/Prod?q=" + "a".repeat(4096 - "/Prod?q=".length());

      RawClient.connect(URI.create("ws://localhost:" + gateway.server().port() + longest)).close();
      assertThatThrownBy(
              () ->
                  RawClient.connect(
                      URI.create("ws://localhost:" + gateway.server().port() + longest + "a")))
          .hasMessageContaining("414");
      assertThat(gateway.functions().untaken("$connect")).isEqualTo(1);
    }
  }

  @Test
  void aQueryThatIsNoUtf8IsABadRequest() throws Exception {
    try (var gateway = gateway().route("$connect").start()) {
      assertThatThrownBy(
              () ->
                  RawClient.connect(
                      URI.create("ws://localhost:" + gateway.server().port() + "/Prod?q=%c3%28")))
          .hasMessageContaining("400");
    }
  }

  @Test
  void aClientThatLeavesDuringTheHandshakeIsDisconnected() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (var gateway = gateway().route("$connect").route("$disconnect").start();
        var client = RawClient.open(gateway.server().port())) {
      gateway
          .functions()
          .script(
              "$connect",
              event -> {
                release.await();
                return ScriptedFunctions.OK;
              });
      client.requestUpgrade("/Prod");
      String id = gateway.functions().take("$connect").at("/requestContext/connectionId").asText();
      client.reset();

      release.countDown();

      assertThat(
              gateway.functions().take("$disconnect").at("/requestContext/connectionId").asText())
          .isEqualTo(id);
    }
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
