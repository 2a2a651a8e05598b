package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OperatorEndpointTest {
  private static final OperatorView VIEW = () -> Optional.of("{\"all\":\"well\"}");

  @ParameterizedTest
  @ValueSource(strings = {"/_roomlog/", "/_roomlog"})
  void whatIsShownIsJson(String path) throws Exception {
    try (var gateway = gateway().showing(VIEW).start()) {
      HttpResponse<String> response = call(gateway.server().port(), "GET", path);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      assertThat(response.body()).isEqualTo("{\"all\":\"well\"}");
    }
  }

  @Test
  void metricsAreTextForPrometheus() throws Exception {
    OperatorView view =
        new OperatorView() {
          @Override
          public Optional<String> json() {
            return Optional.empty();
          }

          @Override
          public Optional<String> metrics() {
            return Optional.of("roomlog_connections 1.0\n");
          }
        };
    try (var gateway = gateway().showing(view).start()) {
      HttpResponse<String> response = call(gateway.server().port(), "GET", "/metrics");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(response.body()).isEqualTo("roomlog_connections 1.0\n");
    }
  }

  @Test
  void metricsAreForThisMachineOnly() throws Exception {
    try (var gateway = gateway().showing(VIEW).start();
        var client = RawClient.open(gateway.server().port())) {
      client.write("GET /metrics HTTP/1.1\r\nHost: example.com\r\n\r\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 403");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE", "PUT"})
  void itCanOnlyBeLookedAt(String method) throws Exception {
    try (var gateway = gateway().showing(VIEW).start()) {
      HttpResponse<String> response = call(gateway.server().port(), method, "/_roomlog/");
      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).contains("GET");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"example.com", "localhost.example.com:3001", "192.168.1.7:3001", "[fe80::1]:3001"})
  void aPageWhoseNameWasMadeToLeadHereSeesNothing(String host) throws Exception {
    assertThat(headOf(host)).startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:3001", "127.0.0.1:3001", "[::1]:3001"})
  void whoeverAsksForThisMachineSeesIt(String host) throws Exception {
    assertThat(headOf(host)).startsWith("HTTP/1.1 200");
  }

  private static String headOf(String host) throws Exception {
    try (var gateway = gateway().showing(VIEW).start();
        var client = RawClient.open(gateway.server().port())) {
      client.write("GET /_roomlog/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      return client.readHead();
    }
  }

  @Test
  void aGatewayThatShowsNothingForbidsThePathAsAnyOther() throws Exception {
    try (var gateway = gateway().start()) {
      assertThat(call(gateway.server().port(), "GET", "/_roomlog/").statusCode()).isEqualTo(403);
    }
  }

  static HttpResponse<String> call(int port, String method, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
