package io.roomlog.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.local.deployment.Api;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the events that functions get, field by field as captured on AWS
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html;
 * the fixtures {@code apigw-websocket-request-*.json} of aws-lambda-go).
 *
 * <p>Only a CONNECT event has the client's headers and query. {@code requestId} and {@code
 * extendedRequestId} are the same; {@code messageId} is on MESSAGE events only.
 */
final class Events {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private sealed interface Kind {
    record Connect() implements Kind {}

    record Message(String messageId) implements Kind {}

    record Disconnect(Disconnection disconnection) implements Kind {}
  }

  private final Api api;
  private final String stageArn;
  private final InstantSource clock;
  private final Ids ids;

  Events(Api api, GatewayConfiguration configuration, Ids ids) {
    this.api = api;
    this.stageArn =
        "arn:aws:execute-api:%s:%s:%s/%s"
            .formatted(configuration.region(), configuration.accountId(), api.id(), api.stage());
    this.clock = configuration.clock();
    this.ids = ids;
  }

  /** The ARN of the stage, which those of handshakes and of connections begin with. */
  String stageArn() {
    return stageArn;
  }

  /** The ARN of the handshake that an authorizer's policy must allow. */
  String methodArn() {
    return stageArn + "/" + RouteSelector.CONNECT;
  }

  /** The authorizer's event. */
  String authorizer(Client client, HandshakeRequest request) {
    ObjectNode event = JSON.createObjectNode();
    event.put("type", "REQUEST");
    event.put("methodArn", methodArn());
    putHeaders(event, request.allHeaders());
    event.set("queryStringParameters", last(request.query()));
    event.set("multiValueQueryStringParameters", all(request.query()));
    event.putObject("stageVariables");
    event.set(
        "requestContext", context(client, RouteSelector.CONNECT, ids.next(), new Kind.Connect()));
    return event.toString();
  }

  /** The event of {@code $connect}. */
  String connect(Client client, HandshakeRequest request) {
    ObjectNode event = JSON.createObjectNode();
    putHeaders(event, request.headers());
    if (!request.query().isEmpty()) {
      event.set("queryStringParameters", last(request.query()));
      event.set("multiValueQueryStringParameters", all(request.query()));
    }
    event.set(
        "requestContext", context(client, RouteSelector.CONNECT, ids.next(), new Kind.Connect()));
    event.put("isBase64Encoded", false);
    return event.toString();
  }

  /** The event of a frame that selected a route. */
  String message(Client client, String routeKey, String requestId, String frame) {
    ObjectNode event = JSON.createObjectNode();
    event.set("requestContext", context(client, routeKey, requestId, new Kind.Message(ids.next())));
    event.put("body", frame);
    event.put("isBase64Encoded", false);
    return event.toString();
  }

  /** The event of {@code $disconnect}. */
  String disconnect(Client client, Disconnection disconnection) {
    ObjectNode event = JSON.createObjectNode();
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Host", List.of(client.domainName()));
    headers.put("x-api-key", List.of(""));
    headers.put("X-Forwarded-For", List.of(""));
    headers.put("x-restapi", List.of(""));
    putHeaders(event, headers);
    event.set(
        "requestContext",
        context(client, RouteSelector.DISCONNECT, ids.next(), new Kind.Disconnect(disconnection)));
    event.put("isBase64Encoded", false);
    return event.toString();
  }

  /** The context in AWS's own order, which puts what only one kind has in between. */
  private ObjectNode context(Client client, String routeKey, String requestId, Kind kind) {
    Instant now = clock.instant();
    ObjectNode context = JSON.createObjectNode();
    context.put("routeKey", routeKey);
    if (!client.authorizer().isEmpty()) {
      context.set("authorizer", JSON.valueToTree(client.authorizer()));
    }
    switch (kind) {
      case Kind.Connect() -> context.put("eventType", "CONNECT");
      case Kind.Message(String messageId) ->
          context.put("messageId", messageId).put("eventType", "MESSAGE");
      case Kind.Disconnect(Disconnection(int code, _)) ->
          context.put("disconnectStatusCode", code).put("eventType", "DISCONNECT");
    }
    context.put("extendedRequestId", requestId);
    context.put("requestTime", REQUEST_TIME.format(now));
    context.put("messageDirection", "IN");
    if (kind instanceof Kind.Disconnect(Disconnection(_, String reason))) {
      context.put("disconnectReason", reason);
    }
    context.put("stage", api.stage());
    context.put("connectedAt", client.connectedAt().toEpochMilli());
    context.put("requestTimeEpoch", now.toEpochMilli());
    context.set("identity", identity(client));
    context.put("requestId", requestId);
    context.put("domainName", client.domainName());
    context.put("connectionId", client.connectionId());
    context.put("apiId", api.id());
    return context;
  }

  private static ObjectNode identity(Client client) {
    ObjectNode identity = JSON.createObjectNode();
    if (client.userAgent() != null) {
      identity.put("userAgent", client.userAgent());
    }
    return identity.put("sourceIp", client.sourceIp());
  }

  private static void putHeaders(ObjectNode event, Map<String, List<String>> headers) {
    event.set("headers", last(headers));
    event.set("multiValueHeaders", all(headers));
  }

  private static ObjectNode last(Map<String, List<String>> values) {
    ObjectNode node = JSON.createObjectNode();
    values.forEach((name, list) -> node.put(name, list.getLast()));
    return node;
  }

  private static ObjectNode all(Map<String, List<String>> values) {
    ObjectNode node = JSON.createObjectNode();
    values.forEach(
        (name, list) -> {
          ArrayNode array = node.putArray(name);
          list.forEach(array::add);
        });
    return node;
  }
}
