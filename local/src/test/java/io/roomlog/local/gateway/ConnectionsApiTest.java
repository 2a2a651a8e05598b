package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.gateway.Gateways.Connected;
import io.roomlog.local.gateway.Gateways.RunningGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ForbiddenException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ConnectionsApiTest {

  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/execute-api/aws4_request, "
          + "SignedHeaders=host;x-amz-date, Signature="
          + "0".repeat(64);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void aPostIsATextFrame() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      for (String text : new String[] {"hello", "{\"a\":1}", "ä€😀", "a".repeat(32 * 1024)}) {
        post(sdk, connected.id(), text);

        assertThat(connected.client().take()).isEqualTo(text);
      }
    }
  }

  @Test
  void aPostedMessageOf128KilobytesComesInFramesOf32() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var sdk = gateway.sdk();
        var client = RawClient.connect(gateway.server().address())) {
      String id = gateway.functions().take("$connect").at("/requestContext/connectionId").asText();

      post(sdk, id, "a".repeat(128 * 1024));

      for (int i = 0; i < 4; i++) {
        RawClient.Frame frame = client.read();
        assertThat(frame.opCode()).isEqualTo(i == 0 ? RawClient.TEXT : RawClient.CONTINUATION);
        assertThat(frame.last()).isEqualTo(i == 3);
        assertThat(frame.payload().remaining()).isEqualTo(32 * 1024);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {128 * 1024 + 1, 2 * 1024 * 1024})
  void aLargerPostIsTooLarge(int bytes) throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      assertThatThrownBy(() -> post(sdk, connected.id(), "a".repeat(bytes)))
          .isInstanceOfSatisfying(
              PayloadTooLargeException.class, e -> assertThat(e.statusCode()).isEqualTo(413));

      post(sdk, connected.id(), "still there");
      assertThat(connected.client().take()).isEqualTo("still there");
    }
  }

  @Test
  void framesComeInTheOrderInWhichTheyWereTaken() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      for (int i = 0; i < 300; i++) {
        post(sdk, connected.id(), String.valueOf(i));
      }
      for (int i = 0; i < 300; i++) {
        assertThat(connected.client().take()).isEqualTo(String.valueOf(i));
      }
    }
  }

  @Test
  void getTellsOfTheConnection() throws Exception {
    ManualClock clock = new ManualClock(Instant.parse("2026-01-01T10:00:00.250Z"));
    try (var gateway = gateway().route("$connect").route("$default").clock(clock).start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      clock.advance(Duration.ofSeconds(5));
      connected.client().send("hello");
      gateway.functions().take("$default");

      var answer = sdk.getConnection(b -> b.connectionId(connected.id()));

      assertThat(answer.connectedAt()).isEqualTo(Instant.parse("2026-01-01T10:00:00.250Z"));
      assertThat(answer.lastActiveAt()).isEqualTo(Instant.parse("2026-01-01T10:00:05.250Z"));
      assertThat(answer.identity().sourceIp()).isEqualTo("127.0.0.1");
      assertThat(answer.identity().userAgent()).isEqualTo("test-client");
      clock.advance(Duration.ofSeconds(5));
      post(sdk, connected.id(), "a post is activity too");
      assertThat(sdk.getConnection(b -> b.connectionId(connected.id())).lastActiveAt())
          .isEqualTo(Instant.parse("2026-01-01T10:00:10.250Z"));
    }
  }

  @Test
  void deleteClosesTheConnectionBehindWhatWasTaken() throws Exception {
    try (var gateway = gateway().route("$connect").route("$disconnect").start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      post(sdk, connected.id(), "last words");

      var answer = sdk.deleteConnection(b -> b.connectionId(connected.id()));

      assertThat(answer.sdkHttpResponse().statusCode()).isEqualTo(204);
      assertThat(connected.client().take()).isEqualTo("last words");
      connected.client().awaitClosed();
      assertThat(
              gateway.functions().take("$disconnect").at("/requestContext/connectionId").asText())
          .isEqualTo(connected.id());
      assertGone(sdk, connected.id());
    }
  }

  @Test
  void aClosedConnectionIsGone() throws Exception {
    try (var gateway = gateway().route("$connect").route("$disconnect").start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      connected.client().close(1000, "");
      gateway.functions().take("$disconnect");

      assertGone(sdk, connected.id());
    }
  }

  @Test
  void aConnectionThatTheGatewayIsClosingIsGone() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var sdk = gateway.sdk();
        var client = RawClient.connect(gateway.server().address())) {
      String id = gateway.functions().take("$connect").at("/requestContext/connectionId").asText();
      sdk.deleteConnection(b -> b.connectionId(id));

      assertGone(sdk, id);
      assertThat(client.read().opCode()).isEqualTo(RawClient.CLOSE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"R1kmxc2VNjMCFIA=", "undefined", "x", "a b+c"})
  void aConnectionThatNeverWasIsGone(String id) throws Exception {
    try (var gateway = gateway().start();
        var sdk = gateway.sdk()) {
      assertGone(sdk, id);
    }
  }

  @Test
  void aPostRightBehindTheHandshakeIsTaken() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var sdk = gateway.sdk()) {
      for (int i = 0; i < 100; i++) {
        try (var connected = gateway.connected()) {
          post(sdk, connected.id(), "hello");
          assertThat(connected.client().take()).isEqualTo("hello");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/Prod/@connections/,raw",
    "/Prod/%40connections/,raw",
    "/Prod/@connections/,encoded",
    "/Prod/%40connections/,encoded"
  })
  void idAndAtSignMayBePercentEncoded(String path, String form) throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var connected = gateway.connected()) {
      String id = form.equals("raw") ? connected.id() : connected.id().replace("=", "%3D");

      assertThat(send(gateway, "POST", path + id, SIGNED).statusCode()).isEqualTo(200);
      assertThat(connected.client().take()).isEqualTo("body");
    }
  }

  @Test
  void aPostAnswers200WithoutABody() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var connected = gateway.connected()) {
      HttpResponse<String> response = send(gateway, "POST", path(connected), SIGNED);

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEmpty();
      assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    }
  }

  @Test
  void goneHasItsErrorTypeAndNoBody() throws Exception {
    try (var gateway = gateway().start()) {
      HttpResponse<String> response =
          send(gateway, "POST", "/Prod/@connections/R1kmxc2VNjMCFIA=", SIGNED);

      assertThat(response.statusCode()).isEqualTo(410);
      assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains("GoneException");
      assertThat(response.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "GET", "DELETE"})
  void anUnsignedCallIsMissingItsToken(String method) throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var connected = gateway.connected()) {
      HttpResponse<String> response = send(gateway, method, path(connected), null);

      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.headers().firstValue("x-amzn-ErrorType"))
          .contains("MissingAuthenticationTokenException");
      assertThat(response.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
      assertThat(gateway.server().connections()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer abc", "AWS4-HMAC-SHA256 Credential=AKID", "Basic YTpi"})
  void anotherAuthorizationIsNoSignature(String authorization) throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var connected = gateway.connected()) {
      assertThat(send(gateway, "POST", path(connected), authorization).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void whoMayDoWhatIsAskedOfThePermissions() throws Exception {
    var calls = new LinkedBlockingQueue<CallPermissions.Call>();
    CallPermissions postsOnly =
        (accessKeyId, call) -> {
          calls.add(call);
          return accessKeyId.equals(Gateways.ACCESS_KEY) && call.method().equals("POST")
              ? new CallPermissions.Decision.Allowed()
              : new CallPermissions.Decision.Denied("User: x is not authorized to perform: y");
        };
    try (var gateway = gateway().route("$connect").permissions(postsOnly).start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      post(sdk, connected.id(), "allowed");
      assertThat(connected.client().take()).isEqualTo("allowed");
      assertThat(calls.take())
          .isEqualTo(
              new CallPermissions.Call(
                  "POST",
                  "Prod",
                  connected.id(),
                  "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/Prod/POST/@connections/"
                      + connected.id()));

      assertThatThrownBy(() -> sdk.deleteConnection(b -> b.connectionId(connected.id())))
          .isInstanceOf(ForbiddenException.class)
          .hasMessageContaining("User: x is not authorized to perform: y");
      assertThat(calls.take().resourceArn())
          .isEqualTo(
              "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/Prod/DELETE/@connections/"
                  + connected.id());
      assertThatThrownBy(() -> sdk.getConnection(b -> b.connectionId(connected.id())))
          .isInstanceOf(ForbiddenException.class);
      assertThat(gateway.server().connections()).isOne();
    }
  }

  @Test
  void anotherStageIsForbidden() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var sdk = gateway.sdk(URI.create("http://localhost:" + gateway.server().port() + "/dev"));
        var connected = gateway.connected()) {
      assertThatThrownBy(() -> post(sdk, connected.id(), "x"))
          .isInstanceOf(ForbiddenException.class)
          .hasMessageContaining("Forbidden");
    }
  }

  @Test
  void theAccountsRateIsSharedByCallsFramesAndHandshakes() throws Exception {
    ManualClock clock = new ManualClock(Instant.EPOCH);
    try (var gateway =
            gateway()
                .route("$connect")
                .route("$default")
                .clock(clock)
                .configured(c -> c.withAccountRate(new AccountRate(2, 3)))
                .start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      post(sdk, connected.id(), "second");
      connected.client().send("third");
      gateway.functions().take("$default");

      assertThatThrownBy(() -> post(sdk, connected.id(), "fourth"))
          .isInstanceOfSatisfying(
              LimitExceededException.class, e -> assertThat(e.statusCode()).isEqualTo(429));
      assertThat(TestClient.refusal(gateway.server().address())).isEqualTo(429);
      assertThat(connected.client().take()).isEqualTo("second");
      connected.client().send("fifth");
      connected.client().take();
      assertThat(gateway.functions().untaken("$default")).isZero();

      clock.advance(Duration.ofMillis(500));
      post(sdk, connected.id(), "half a second later");
      assertThat(connected.client().take()).isEqualTo("half a second later");
      assertThatThrownBy(() -> post(sdk, connected.id(), "and no more"))
          .isInstanceOf(LimitExceededException.class);
    }
  }

  @Test
  void aBodyThatIsNoUtf8IsABadRequest() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      SdkBytes bytes = SdkBytes.fromByteArray(new byte[] {(byte) 0xc3, 0x28});

      assertThatThrownBy(
              () -> sdk.postToConnection(b -> b.connectionId(connected.id()).data(bytes)))
          .isInstanceOfSatisfying(
              ApiGatewayManagementApiException.class,
              e -> assertThat(e.statusCode()).isEqualTo(400));
      post(sdk, connected.id(), "still there");
      assertThat(connected.client().take()).isEqualTo("still there");
    }
  }

  private static void post(ApiGatewayManagementApiClient sdk, String id, String text) {
    sdk.postToConnection(b -> b.connectionId(id).data(SdkBytes.fromUtf8String(text)));
  }

  private static void assertGone(ApiGatewayManagementApiClient sdk, String id) {
    assertThatThrownBy(() -> post(sdk, id, "x"))
        .isInstanceOfSatisfying(
            GoneException.class, e -> assertThat(e.statusCode()).isEqualTo(410));
    assertThatThrownBy(() -> sdk.getConnection(b -> b.connectionId(id)))
        .isInstanceOf(GoneException.class);
    assertThatThrownBy(() -> sdk.deleteConnection(b -> b.connectionId(id)))
        .isInstanceOf(GoneException.class);
  }

  private static String path(Connected connected) {
    return "/Prod/@connections/" + connected.id();
  }

  private static HttpResponse<String> send(
      RunningGateway gateway, String method, String path, @Nullable String authorization)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.server().port() + path))
            .method(
                method,
                method.equals("POST")
                    ? HttpRequest.BodyPublishers.ofString("body")
                    : HttpRequest.BodyPublishers.noBody());
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
