package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The events field by field, in the order in which AWS writes them. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EventJsonTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant START = Instant.parse("2024-01-20T11:55:00.453Z");
  private static final String ID = "[A-Za-z0-9_-]{15}=";
  private static final String POLICY =
      "\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
          + "\"Action\":\"execute-api:Invoke\",\"Resource\":\"*\"}]}";

  @Test
  void aConnectEventHasHeadersAndQuery() throws Exception {
    try (var gateway = gateway().route("$connect").clock(new ManualClock(START)).start();
        var client =
            TestClient.connect(gateway.address("?room=a&room=b&name=J%C3%BCrgen%20%2B&empty="))) {
      assertThat(client.socket().isInputClosed()).isFalse();
      JsonNode event = gateway.functions().take("$connect");

      assertThat(names(event))
          .containsExactly(
              "headers",
              "multiValueHeaders",
              "queryStringParameters",
              "multiValueQueryStringParameters",
              "requestContext",
              "isBase64Encoded");
      assertThat(event.path("queryStringParameters"))
          .isEqualTo(JSON.readTree("{\"room\":\"b\",\"name\":\"Jürgen +\",\"empty\":\"\"}"));
      assertThat(event.path("multiValueQueryStringParameters"))
          .isEqualTo(
              JSON.readTree("{\"room\":[\"a\",\"b\"],\"name\":[\"Jürgen +\"],\"empty\":[\"\"]}"));
      assertThat(names(event.path("headers")))
          .contains(
              "Host",
              "Sec-WebSocket-Key",
              "Sec-WebSocket-Version",
              "User-Agent",
              "X-Amzn-Trace-Id",
              "X-Forwarded-For",
              "X-Forwarded-Port",
              "X-Forwarded-Proto")
          .doesNotContain("Connection", "Upgrade", "connection", "upgrade");
      assertThat(event.at("/headers/Host").asText())
          .isEqualTo("localhost:" + gateway.server().port());
      assertThat(event.at("/headers/X-Amzn-Trace-Id").asText())
          .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
      assertThat(event.at("/multiValueHeaders/Sec-WebSocket-Version"))
          .isEqualTo(JSON.readTree("[\"13\"]"));
      assertThat(event.path("isBase64Encoded").isBoolean()).isTrue();
      assertContext(
          gateway.server(),
          event,
          """
          {"routeKey":"$connect","eventType":"CONNECT","extendedRequestId":"*",
          "requestTime":"20/Jan/2024:11:55:00 +0000","messageDirection":"IN","stage":"Prod",
          "connectedAt":1705751700453,"requestTimeEpoch":1705751700453,
          "identity":{"userAgent":"test-client","sourceIp":"127.0.0.1"},"requestId":"*",
          "domainName":"*","connectionId":"*","apiId":"abcdef1234"}
          """);
    }
  }

  @Test
  void aRepeatedHeaderHasItsLastValueAndAllOfThem() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var client = RawClient.open(gateway.server().port())) {
      client.write(
          """
          GET /Prod HTTP/1.1
          Host: example.test
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          X-cUsTom: a
          X-cUsTom: B

          """
              .replace("\n", "\r\n"));
      assertThat(client.readHead()).startsWith("HTTP/1.1 101");

      JsonNode event = gateway.functions().take("$connect");

      assertThat(event.at("/headers/X-cUsTom").asText()).isEqualTo("B");
      assertThat(event.at("/multiValueHeaders/X-cUsTom")).isEqualTo(JSON.readTree("[\"a\",\"B\"]"));
      assertThat(event.at("/requestContext/domainName").asText()).isEqualTo("example.test");
      assertThat(event.at("/requestContext/identity/userAgent").isMissingNode()).isTrue();
    }
  }

  @Test
  void aConnectEventWithoutAQueryHasNoQueryFields() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var client = gateway.connect()) {
      assertThat(client.socket().isInputClosed()).isFalse();
      assertThat(names(gateway.functions().take("$connect")))
          .containsExactly("headers", "multiValueHeaders", "requestContext", "isBase64Encoded");
    }
  }

  @Test
  void aMessageEventHasAMessageIdAndNoHeaders() throws Exception {
    ManualClock clock = new ManualClock(START);
    try (var gateway = gateway().route("$connect").route("send").clock(clock).start();
        var connected = gateway.connected()) {
      clock.advance(Duration.ofMillis(3_034));
      connected.client().send("{\r\n\t\"action\": \"send\"\r\n}");

      JsonNode event = gateway.functions().take("send");

      assertThat(names(event)).containsExactly("requestContext", "body", "isBase64Encoded");
      assertThat(event.path("body").asText()).isEqualTo("{\r\n\t\"action\": \"send\"\r\n}");
      assertThat(event.path("isBase64Encoded")).isEqualTo(JSON.readTree("false"));
      assertThat(event.at("/requestContext/connectionId").asText()).isEqualTo(connected.id());
      assertThat(event.at("/requestContext/messageId").asText()).matches(ID);
      assertContext(
          gateway.server(),
          event,
          """
          {"routeKey":"send","messageId":"*","eventType":"MESSAGE","extendedRequestId":"*",
          "requestTime":"20/Jan/2024:11:55:03 +0000","messageDirection":"IN","stage":"Prod",
          "connectedAt":1705751700453,"requestTimeEpoch":1705751703487,
          "identity":{"userAgent":"test-client","sourceIp":"127.0.0.1"},"requestId":"*",
          "domainName":"*","connectionId":"*","apiId":"abcdef1234"}
          """);
    }
  }

  @Test
  void aDisconnectEventHasCodeAndReason() throws Exception {
    ManualClock clock = new ManualClock(START);
    try (var gateway = gateway().route("$connect").route("$disconnect").clock(clock).start();
        var connected = gateway.connected()) {
      connected.client().close(4321, "had enough");

      JsonNode event = gateway.functions().take("$disconnect");

      String host = "localhost:" + gateway.server().port();
      assertThat(names(event))
          .containsExactly("headers", "multiValueHeaders", "requestContext", "isBase64Encoded");
      assertThat(event.path("headers").toString())
          .isEqualTo(
              "{\"Host\":\"%s\",\"x-api-key\":\"\",\"X-Forwarded-For\":\"\",\"x-restapi\":\"\"}"
                  .formatted(host));
      assertThat(event.path("multiValueHeaders").toString())
          .isEqualTo(
              "{\"Host\":[\"%s\"],\"x-api-key\":[\"\"],\"X-Forwarded-For\":[\"\"],\"x-restapi\":[\"\"]}"
                  .formatted(host));
      assertContext(
          gateway.server(),
          event,
          """
          {"routeKey":"$disconnect","disconnectStatusCode":4321,"eventType":"DISCONNECT",
          "extendedRequestId":"*","requestTime":"20/Jan/2024:11:55:00 +0000",
          "messageDirection":"IN","disconnectReason":"had enough","stage":"Prod",
          "connectedAt":1705751700453,"requestTimeEpoch":1705751700453,
          "identity":{"userAgent":"test-client","sourceIp":"127.0.0.1"},"requestId":"*",
          "domainName":"*","connectionId":"*","apiId":"abcdef1234"}
          """);
    }
  }

  @Test
  void requestIdsAreOfOneRequestOnly() throws Exception {
    try (var gateway = gateway().route("$connect").route("$default").start();
        var connected = gateway.connected()) {
      connected.client().send("one");
      JsonNode first = gateway.functions().take("$default").path("requestContext");
      connected.client().send("two");
      JsonNode second = gateway.functions().take("$default").path("requestContext");

      assertThat(first.path("requestId")).isNotEqualTo(second.path("requestId"));
      assertThat(first.path("messageId")).isNotEqualTo(second.path("messageId"));
      assertThat(first.path("messageId")).isNotEqualTo(first.path("requestId"));
    }
  }

  @Test
  void whatTheAuthorizerSaidIsInEveryLaterEvent() throws Exception {
    try (var gateway = gateway().authorized().route("$disconnect").route("$default").start()) {
      gateway
          .functions()
          .answer(
              "authorizer",
              "{\"principalId\":\"ann\","
                  + POLICY
                  + ",\"context\":{\"text\":\"t\",\"number\":7,\"flag\":true,\"nothing\":null}}");
      try (var connected = gateway.connected()) {
        connected.client().send("hello");
        JsonNode message = gateway.functions().take("$default").at("/requestContext/authorizer");
        connected.client().close(1000, "");
        JsonNode disconnect =
            gateway.functions().take("$disconnect").at("/requestContext/authorizer");

        assertThat(names(message))
            .containsExactlyInAnyOrder(
                "principalId", "integrationLatency", "text", "number", "flag");
        assertThat(message.path("principalId").asText()).isEqualTo("ann");
        assertThat(message.path("integrationLatency").isIntegralNumber()).isTrue();
        assertThat(message.path("text").textValue()).isEqualTo("t");
        assertThat(message.path("number").textValue()).isEqualTo("7");
        assertThat(message.path("flag").textValue()).isEqualTo("true");
        assertThat(disconnect).isEqualTo(message);
      }
    }
  }

  @Test
  void anAuthorizerEventIsThatOfARequestAuthorizer() throws Exception {
    try (var gateway = gateway().authorized().clock(new ManualClock(START)).start()) {
      gateway.functions().answer("authorizer", "{\"principalId\":\"ann\"," + POLICY + "}");
      URI address = gateway.address("?token=abc");
      TestClient.connect(address).close();

      JsonNode event = gateway.functions().take("authorizer");

      assertThat(names(event))
          .containsExactly(
              "type",
              "methodArn",
              "headers",
              "multiValueHeaders",
              "queryStringParameters",
              "multiValueQueryStringParameters",
              "stageVariables",
              "requestContext");
      assertThat(event.path("type").asText()).isEqualTo("REQUEST");
      assertThat(event.path("methodArn").asText())
          .isEqualTo("arn:aws:execute-api:us-east-1:123456789012:abcdef1234/Prod/$connect");
      assertThat(event.at("/queryStringParameters/token").asText()).isEqualTo("abc");
      assertThat(names(event.path("headers"))).contains("Connection", "Upgrade", "X-Forwarded-For");
      assertThat(event.path("stageVariables")).isEqualTo(JSON.readTree("{}"));
      assertContext(
          gateway.server(),
          event,
          """
          {"routeKey":"$connect","eventType":"CONNECT","extendedRequestId":"*",
          "requestTime":"20/Jan/2024:11:55:00 +0000","messageDirection":"IN","stage":"Prod",
          "connectedAt":1705751700453,"requestTimeEpoch":1705751700453,
          "identity":{"userAgent":"test-client","sourceIp":"127.0.0.1"},"requestId":"*",
          "domainName":"*","connectionId":"*","apiId":"abcdef1234"}
          """);
      assertThat(gateway.functions().take("$connect").at("/requestContext/connectionId").asText())
          .isEqualTo(event.at("/requestContext/connectionId").asText());
    }
  }

  @Test
  void lambdasOwnSerializationReadsThem() throws Exception {
    try (var gateway = gateway().authorized().route("$default").start()) {
      gateway.functions().answer("authorizer", "{\"principalId\":\"ann\"," + POLICY + "}");
      TestClient client = TestClient.connect(gateway.address("?token=abc"));
      client.send("hello");

      var authorizer =
          read(gateway.functions().take("authorizer"), APIGatewayCustomAuthorizerEvent.class);
      assertThat(authorizer.getType()).isEqualTo("REQUEST");
      assertThat(authorizer.getQueryStringParameters()).containsEntry("token", "abc");
      assertThat(authorizer.getRequestContext().getIdentity().getSourceIp()).isEqualTo("127.0.0.1");
      var connect = read(gateway.functions().take("$connect"), APIGatewayV2WebSocketEvent.class);
      assertThat(connect.getHeaders()).containsEntry("User-Agent", "test-client");
      assertThat(connect.getRequestContext().getConnectedAt()).isPositive();
      var message = read(gateway.functions().take("$default"), APIGatewayV2WebSocketEvent.class);
      assertThat(message.getBody()).isEqualTo("hello");
      assertThat(message.getRequestContext().getRouteKey()).isEqualTo("$default");
      assertThat(message.getRequestContext().getConnectionId()).matches(ID);
      assertThat(message.getRequestContext().getAuthorizer())
          .isInstanceOfSatisfying(
              java.util.Map.class, map -> assertThat(map.get("principalId")).isEqualTo("ann"));
      client.close();
    }
  }

  /** Compares names, order and values; {@code *} stands for an id or the host. */
  private static void assertContext(GatewayServer server, JsonNode event, String expected)
      throws Exception {
    ObjectNode context = event.path("requestContext").deepCopy();
    JsonNode wanted = JSON.readTree(expected);
    assertThat(context.path("connectionId").asText()).matches(ID);
    assertThat(context.path("requestId").asText()).matches(ID);
    assertThat(context.path("extendedRequestId")).isEqualTo(context.path("requestId"));
    assertThat(context.path("domainName").asText()).isEqualTo("localhost:" + server.port());
    for (String name : names(wanted)) {
      if (wanted.path(name).asText().equals("*")) {
        context.put(name, "*");
      }
    }
    assertThat(context.toString()).isEqualTo(wanted.toString());
  }

  private static <T> T read(JsonNode event, Class<T> type) {
    PojoSerializer<T> serializer =
        LambdaEventSerializers.serializerFor(type, EventJsonTest.class.getClassLoader());
    return serializer.fromJson(event.toString());
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
